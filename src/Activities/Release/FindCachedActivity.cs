using BuildFunctions.Activities.Plan;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Cache;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Release;

/// <summary>Looks for the release of an earlier build of the same inputs, and explains a miss.</summary>
public sealed class FindCachedActivity(ReleaseCache cache, BuildJournal journal)
{
    [Function(nameof(FindCachedActivity))]
    public async Task<BuiltRelease?> RunAsync([ActivityTrigger] PlannedBuild build, CancellationToken cancellation)
    {
        var (release, result, warning) = await cache.FindAsync(build.Plan, build.Order.Request.Rebuild, cancellation);
        await journal.NoteAsync(
            build.Order.Id,
            "cache",
            release is null ? $"miss: {result.MissedBecause}" : $"hit: the release of {release.ReusedFrom}",
            cancellation,
            also: record => record with { Cache = result, Warnings = warning is null ? record.Warnings : [.. record.Warnings.Except([warning]), warning] });
        if (release is not null)
        {
            await journal.TakeReleaseAsync(build.Order.Id, release, cancellation);
        }

        return release;
    }
}
