using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;

namespace BuildFunctions.Broker.Cache;

/// <summary>Finds the release of an earlier build with the same inputs; an entry whose release is gone is removed, never served.</summary>
public sealed class ReleaseCache(CacheStore cache, ReleaseStore releases)
{
    /// <returns>The release, or why there is none.</returns>
    public async Task<(BuiltRelease? Release, string? MissedBecause)> FindAsync(BuildPlan plan, bool rebuild, CancellationToken cancellation)
    {
        var last = await cache.ExchangeLastKeyAsync(plan.App, plan.CacheKey, cancellation);
        if (rebuild)
        {
            return (null, "a rebuild was asked for");
        }

        if (await cache.FindAsync(plan.App, plan.CacheKey, cancellation) is not { } entry)
        {
            return (null, last is null ? "this is the app's first build" : plan.CacheKey.DiffersFrom(last) ?? "the last build of these inputs did not succeed");
        }

        if (await releases.FindAsync(entry.Release, cancellation) is null)
        {
            await cache.RemoveAsync(plan.App, plan.CacheKey, cancellation);
            return (null, "the cached release is gone");
        }

        return (
            new BuiltRelease
            {
                Release = entry.Release,
                ArtifactSize = entry.ArtifactSize,
                ArtifactSha256 = entry.ArtifactSha256,
                ReusedFrom = entry.Build,
            },
            null);
    }
}
