using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Sites;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Outcome;

/// <summary>Deploys a build's release. The deployment's id comes from the build's, so that a repeated step makes the same one.</summary>
public sealed class BuildDeployer(
    AppDeployments deployments, IDeploymentStore store, ReleaseStore releases, BuildJournal journal, SiteUrls urls, IOptions<DeploymentOptions> options)
{
    public async Task<Deployment> DeployAsync(BuildBrief build, bool singlePage, BuiltRelease release, CancellationToken cancellation)
    {
        await journal.EnterAsync(build.Id, BuildPhase.Deploying, null, cancellation);
        var index = await releases.FindAsync(release.Release, cancellation)
            ?? throw new RejectedException(ErrorCode.ArtifactInvalid, "The release is not stored any more.");
        var preview = build.Deploy == DeployTarget.Preview;
        var record = new DeploymentRecord
        {
            Id = IdOf(build.Id),
            App = build.App,
            Build = build.Id,
            Release = release.Release,
            Origin = build.Origin,
            SinglePage = singlePage,
            Preview = preview,
            Files = index.Files.Count,
            Bytes = index.Files.Sum(file => file.Length),
            CreatedAt = build.CreatedAt,
            ExpiresAt = preview ? build.CreatedAt + options.Value.PreviewLifetime : null,
        };
        var live = !preview && (await SwitchAsync(record, build.Id, cancellation)) is not SwitchOutcome.Superseded;
        if (preview)
        {
            await store.AddAsync(record, cancellation);
        }

        var deployment = record.ToContract(live ? urls.Live(build.App) : urls.Deployment(build.App, record.Id), live);
        await journal.NoteAsync(
            build.Id,
            live ? "live" : preview ? "preview" : "superseded",
            live || preview ? deployment.Url : "a newer build of this app is live already",
            cancellation,
            also: before => before with { Deployment = deployment.Id, Url = deployment.Url });
        return deployment;
    }

    private async Task<SwitchOutcome> SwitchAsync(DeploymentRecord record, BuildId build, CancellationToken cancellation) =>
        (await deployments.GoLiveAsync(record, build, cancellation)).Outcome;

    private static DeploymentId IdOf(BuildId build) =>
        DeploymentId.TryParse(DeploymentId.Prefix + build.ToString()[BuildId.Prefix.Length..], out var id) ? id : throw new InvalidOperationException("A build id without a body.");
}
