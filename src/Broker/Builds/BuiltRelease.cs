using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>A validated, stored release: the outcome of a run, of the cache, or of a source that needs no build.</summary>
public sealed record BuiltRelease
{
    public required string Release { get; init; }

    public required long ArtifactSize { get; init; }

    public required string ArtifactSha256 { get; init; }

    /// <summary>Of its files, unpacked; 0 where it was not made by this build.</summary>
    public long Bytes { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The build that made it, when it came from the cache.</summary>
    public BuildId? ReusedFrom { get; init; }
}
