using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Webhooks;

/// <summary>What happened, in a few fields; the rest is where the ids lead.</summary>
public sealed record WebhookMessageData
{
    public AppName? App { get; init; }

    public BuildId? Build { get; init; }

    public BuildStatus? Status { get; init; }

    public string? Provider { get; init; }

    public string? Ref { get; init; }

    public string? Commit { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>The stable code of what went wrong.</summary>
    public string? Error { get; init; }

    public DeploymentId? Deployment { get; init; }

    public string? Url { get; init; }
}
