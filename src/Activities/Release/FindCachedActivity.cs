using BuildFunctions.Activities.Plan;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Cache;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Contracts.Builds;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Release;

/// <summary>Looks for the release of an earlier build of the same inputs, and explains a miss.</summary>
public sealed class FindCachedActivity(ReleaseCache cache, ProvenanceRecorder provenance, BuildJournal journal)
{
    [Function(nameof(FindCachedActivity))]
    public async Task<BuiltRelease?> RunAsync([ActivityTrigger] PlannedBuild build, CancellationToken cancellation)
    {
        var (release, missed) = await cache.FindAsync(build.Plan, build.Order.Request.Rebuild, cancellation);
        var result = new BuildCacheResult(release is not null, build.Plan.CacheKey.Hash, release?.ReusedFrom, missed);
        await journal.NoteAsync(
            build.Order.Id,
            "cache",
            release is null ? $"miss: {missed}" : $"hit: the release of {release.ReusedFrom}",
            cancellation,
            also: record => record with { Cache = result });
        if (release is not null)
        {
            await provenance.RecordReuseAsync(build.Plan, release, release.ReusedFrom ?? build.Order.Id, cancellation);
            await journal.TakeReleaseAsync(build.Order.Id, release, cancellation);
        }

        return release;
    }
}
