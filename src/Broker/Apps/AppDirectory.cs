using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Sites;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Apps;

/// <summary>Apps as people see them: with what is live and where.</summary>
public sealed class AppDirectory(IDeploymentStore deployments, SiteUrls urls)
{
    public async Task<App> DescribeAsync(AppRecord app, CancellationToken cancellation)
    {
        var live = await LiveAsync(app.Name, cancellation);
        return new App
        {
            Name = app.Name,
            Live = live?.Deployment,
            LastBuild = app.LastBuild,
            Origin = live?.Origin,
            Url = live is null ? null : urls.Live(app.Name),
            CreatedAt = app.CreatedAt,
            DeployedAt = live?.SwitchedAt,
        };
    }

    public async Task<Deployment> DescribeAsync(DeploymentRecord deployment, CancellationToken cancellation) =>
        deployment.ToContract(urls.Deployment(deployment.App, deployment.Id), (await deployments.LiveAsync(deployment.App, cancellation))?.Deployment == deployment.Id);

    /// <summary>The deployment that is live now.</summary>
    public async Task<Deployment> DeploymentAsync(AppName app, DeploymentId live, CancellationToken cancellation) =>
        (await deployments.FindAsync(app, live, cancellation) ?? throw new InvalidOperationException($"Deployment {live} is live and not recorded."))
            .ToContract(urls.Live(app), live: true);

    public async Task<DeploymentPage> DeploymentsAsync(AppName app, int limit, string? cursor, bool previewsOnly, CancellationToken cancellation)
    {
        var live = await deployments.LiveAsync(app, cancellation);
        var (items, next) = await deployments.ListAsync(app, limit, cursor, cancellation);
        return new DeploymentPage(
            [
                .. items.Where(record => !previewsOnly || record.Preview)
                    .Select(record => record.ToContract(urls.Deployment(app, record.Id), record.Id == live?.Deployment)),
            ],
            next);
    }

    /// <summary>A pointer that cannot be read is told by who wants to move it; here it hides neither the app nor the others.</summary>
    private async Task<LivePointer?> LiveAsync(AppName app, CancellationToken cancellation)
    {
        try
        {
            return await deployments.LiveAsync(app, cancellation);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
