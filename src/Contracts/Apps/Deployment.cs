using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Apps;

/// <summary>A release that can be served, live or as a preview; it never changes after it was made.</summary>
public sealed record Deployment
{
    public required DeploymentId Id { get; init; }

    public required AppName App { get; init; }

    public BuildId? Build { get; init; }

    /// <summary>The content-addressed release: what is served.</summary>
    public required string Release { get; init; }

    public required string Url { get; init; }

    public bool Live { get; init; }

    public bool Preview { get; init; }

    public int Files { get; init; }

    public long Bytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Never removed, until it is kept no longer.</summary>
    public bool Kept { get; init; }
}
