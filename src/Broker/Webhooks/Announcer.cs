using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Sites;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>Turns what has happened into events. It reads the record, which does not change any more, so that it says the same each time.</summary>
public sealed class Announcer(Webhooks webhooks, BuildStore builds, SiteUrls urls)
{
    public async Task<IReadOnlyList<DeliveryRecord>> StartedAsync(BuildId id, CancellationToken cancellation) =>
        await builds.FindAsync(id, cancellation) is { } build
            ? await webhooks.TellAsync($"{id}", build.App, Message(build, WebhookEvent.BuildStarted, build.CreatedAt), cancellation)
            : [];

    public async Task<IReadOnlyList<DeliveryRecord>> EndedAsync(BuildId id, CancellationToken cancellation)
    {
        if (await builds.FindAsync(id, cancellation) is not { } build || TypeOf(build.Status) is not { } type)
        {
            return [];
        }

        var at = build.FinishedAt ?? build.CreatedAt;
        var told = await webhooks.TellAsync($"{id}", build.App, Message(build, type, at), cancellation);
        return build is { Status: BuildStatus.Success, Deployment: not null, Url: { } url } && url == urls.Live(build.App)
            ? [.. told, .. await webhooks.TellAsync($"{id}", build.App, Message(build, WebhookEvent.DeploymentLive, at), cancellation)]
            : told;
    }

    /// <summary>After a promotion or a rollback; the sequence tells one switch from another.</summary>
    public Task<IReadOnlyList<DeliveryRecord>> SwitchedAsync(SwitchTold told, CancellationToken cancellation) => webhooks.TellAsync(
        $"{told.Sequence}",
        told.App,
        new()
        {
            Type = told.IsBack ? WebhookEvent.DeploymentRolledBack : WebhookEvent.DeploymentLive,
            Timestamp = told.At,
            Data = new() { App = told.App, Build = told.Build, Deployment = told.Deployment, Url = urls.Live(told.App) },
        },
        cancellation);

    private static string? TypeOf(BuildStatus status) => status switch
    {
        BuildStatus.Success => WebhookEvent.BuildSucceeded,
        BuildStatus.Failed => WebhookEvent.BuildFailed,
        BuildStatus.Cancelled => WebhookEvent.BuildCancelled,
        _ => null,
    };

    private static WebhookMessage Message(Build build, string type, DateTimeOffset at) => new()
    {
        Type = type,
        Timestamp = at,
        Data = new()
        {
            App = build.App,
            Build = build.Id,
            Status = type == WebhookEvent.BuildStarted ? BuildStatus.Running : build.Status,
            Provider = build.Provider,
            Ref = build.Ref,
            Commit = build.Commit,
            Duration = build.Duration,
            Error = build.Error?.Code,
            Deployment = build.Deployment,
            Url = build.Url,
        },
    };
}
