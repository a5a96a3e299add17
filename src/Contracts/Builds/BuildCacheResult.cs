using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Builds;

/// <summary>Whether an earlier artifact was used, and if not, what differed.</summary>
public sealed record BuildCacheResult(bool Hit, string Key, BuildId? ReusedFrom = null, string? MissedBecause = null)
{
    /// <summary>The app's build before this one.</summary>
    public BuildId? ComparedWith { get; init; }

    /// <summary>What differs from it.</summary>
    public IReadOnlyList<CacheDifference>? Differences { get; init; }
}
