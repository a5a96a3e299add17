using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Builds;

/// <summary>The record of one build: what people and programs read.</summary>
public sealed record Build
{
    public required BuildId Id { get; init; }

    public required AppName App { get; init; }

    public required BuildStatus Status { get; init; }

    public required BuildPhase Phase { get; init; }

    /// <summary>Why the build stands where it stands, in words.</summary>
    public string? Reason { get; init; }

    public string? Provider { get; init; }

    /// <summary>The number of the current or last attempt; 0 before the first.</summary>
    public int Attempt { get; init; }

    public IReadOnlyList<BuildAttempt> Attempts { get; init; } = [];

    public string? Ref { get; init; }

    public string? Commit { get; init; }

    public string? Framework { get; init; }

    public string? Command { get; init; }

    public string? Output { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Seconds from start to finish; what the build waited for its source and a slot before is not in it.</summary>
    public double? Duration { get; init; }

    public BuildQueuePlace? Queue { get; init; }

    public BuildCacheResult? Cache { get; init; }

    /// <summary>Bytes of the compressed artifact.</summary>
    public long? ArtifactSize { get; init; }

    public string? ArtifactSha256 { get; init; }

    /// <summary>The content-addressed release: what the artifact became after it was checked.</summary>
    public string? Release { get; init; }

    public DeploymentId? Deployment { get; init; }

    public string? Url { get; init; }

    public Problem? Error { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public BuildLinks? Links { get; init; }

    /// <summary>Where to send the source; only in the answer to a trigger with <c>source: "upload"</c>.</summary>
    public SourceUpload? Upload { get; init; }
}
