using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Cache;

/// <summary>The result of an earlier build with the same key.</summary>
public sealed record CacheEntry
{
    public required string Key { get; init; }

    public required BuildId Build { get; init; }

    public required string Release { get; init; }

    public required long ArtifactSize { get; init; }

    public required string ArtifactSha256 { get; init; }

    /// <summary>Of the release's files; what the entry keeps in storage is of this order.</summary>
    public long Bytes { get; init; }
}
