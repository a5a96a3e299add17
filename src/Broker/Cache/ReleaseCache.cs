using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Cache;

/// <summary>Finds the release of an earlier build with the same inputs. What is not as the broker stored it is removed, never served.</summary>
public sealed class ReleaseCache(CacheStore cache, ReleaseCheck releases)
{
    private const int MostDifferences = 30;
    private const string Asked = "a rebuild was asked for";

    public async Task<CacheAnswer> FindAsync(BuildPlan plan, bool rebuild, CancellationToken cancellation)
    {
        var key = plan.CacheKey.Shortened();
        var remembering = cache.RememberKeyAsync(plan.App, new BuildKey(plan.Build, key), cancellation);
        var looking = cache.FindAsync(plan.App, plan.CacheKey, cancellation);
        await Task.WhenAll(remembering, looking);
        var (last, (entry, fault)) = (await remembering, await looking);
        var differences = last is null ? [] : key.DifferencesFrom(last.Key);
        var result = new BuildCacheResult(Hit: false, plan.CacheKey.Hash)
        {
            ComparedWith = last?.Build,
            Differences = [.. differences.Take(MostDifferences)],
        };
        if (entry is null && fault is null)
        {
            return Miss(rebuild ? Asked : last is null ? "this is the app's first build" : InWords(differences));
        }

        fault ??= await releases.FaultOfAsync(entry!.Release, cancellation) is { } damage ? $"the cached release of {entry.Build} cannot be used: {damage}" : null;
        if (fault is not null)
        {
            await cache.RemoveAsync(plan.App, plan.CacheKey.Hash, cancellation);
            return Miss(rebuild ? Asked : fault) with { Warning = $"Built again, because {fault}." };
        }

        if (rebuild)
        {
            return Miss(Asked);
        }

        cache.Use(plan.App, plan.CacheKey);
        var release = new BuiltRelease { Release = entry!.Release, ArtifactSize = entry.ArtifactSize, ArtifactSha256 = entry.ArtifactSha256, ReusedFrom = entry.Build };
        return new CacheAnswer(release, result with { Hit = true, ReusedFrom = entry.Build });

        CacheAnswer Miss(string because) => new(null, result with { MissedBecause = because });
    }

    private static string InWords(IReadOnlyList<CacheDifference> differences) => differences.Count == 0
        ? "nothing changed since the last build, which left nothing to reuse"
        : $"changed since the last build: {string.Join(", ", differences.Take(MostDifferences).Select(difference => difference.Part))}";
}
