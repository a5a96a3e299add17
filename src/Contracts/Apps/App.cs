using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Apps;

/// <summary>An app and what is live.</summary>
public sealed record App
{
    public required AppName Name { get; init; }

    public DeploymentId? Live { get; init; }

    public BuildId? LastBuild { get; init; }

    public string? Url { get; init; }

    /// <summary>Where what is live comes from, as whoever sent it said.</summary>
    public string? Origin { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeployedAt { get; init; }
}
