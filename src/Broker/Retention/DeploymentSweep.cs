using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>
/// Removes old deployments and previews past their time, never one that is live, can be rolled back to, or is kept. What they served goes later,
/// once nothing names it.
/// </summary>
public sealed class DeploymentSweep(AppStore apps, IDeploymentStore deployments, IOptions<RetentionOptions> options)
{
    private const int Page = 100;

    internal async Task RunAsync(RetentionRun run, CancellationToken cancellation)
    {
        foreach (var app in await apps.ListAsync(cancellation))
        {
            await SweepAsync(run, app.Name, cancellation);
            await ForgetAsync(run, app.Name, cancellation);
        }
    }

    private async Task SweepAsync(RetentionRun run, AppName app, CancellationToken cancellation)
    {
        string? cursor = null;
        do
        {
            (var page, cursor) = await deployments.ListAsync(app, Page, cursor, cancellation);
            foreach (var deployment in page.Where(deployment => DeploymentRetention.IsOutdated(deployment, run.Now, options.Value.Deployments)))
            {
                var kind = deployment.Preview ? Kinds.Preview : Kinds.Deployment;
                if (run.HasRoom(kind) && !await IsNeededAsync(deployment, cancellation) && (run.DryRun || await deployments.TryRemoveAsync(deployment, cancellation)))
                {
                    run.Removed(kind, deployment.Id.ToString(), deployment.Bytes);
                }
            }
        }
        while (cursor is not null);
    }

    /// <summary>The newest lines stay, however old: a damaged pointer is made from them.</summary>
    private async Task ForgetAsync(RetentionRun run, AppName app, CancellationToken cancellation)
    {
        await foreach (var line in deployments.OldSwitchesAsync(app, LivePointer.MaxPrevious + 1, run.Now - options.Value.Deployments, cancellation))
        {
            if (!run.HasRoom(Kinds.Switch))
            {
                return;
            }

            if (!run.DryRun)
            {
                await deployments.ForgetSwitchAsync(app, line.Sequence, cancellation);
            }

            run.Removed(Kinds.Switch, line.Sequence.ToString());
        }
    }

    /// <summary>Asked after the deployment was read: what becomes of it from then on makes its removal fail.</summary>
    private async Task<bool> IsNeededAsync(DeploymentRecord deployment, CancellationToken cancellation)
    {
        try
        {
            // A lost pointer is repaired from deployments; none of them may go until then.
            return await deployments.LiveAsync(deployment.App, cancellation) is { } live
                ? DeploymentRetention.IsNeeded(deployment, live)
                : (await deployments.HistoryAsync(deployment.App, 1, cancellation)).Count > 0;
        }
        catch (InvalidDataException)
        {
            // So is a damaged one.
            return true;
        }
    }
}
