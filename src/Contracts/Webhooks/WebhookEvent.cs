namespace BuildFunctions.Contracts.Webhooks;

/// <summary>What webhooks are told of.</summary>
public static class WebhookEvent
{
    public const string BuildStarted = "build.started";
    public const string BuildSucceeded = "build.succeeded";
    public const string BuildFailed = "build.failed";
    public const string BuildCancelled = "build.cancelled";
    public const string DeploymentLive = "deployment.live";
    public const string DeploymentRolledBack = "deployment.rolled-back";

    /// <summary>Sent on demand only.</summary>
    public const string Test = "webhook.test";

    public static IReadOnlyList<string> All { get; } = [BuildStarted, BuildSucceeded, BuildFailed, BuildCancelled, DeploymentLive, DeploymentRolledBack];
}
