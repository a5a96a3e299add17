using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Cache;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Provenance;

namespace BuildFunctions.Activities.Plan;

/// <summary>Looks for the release of an earlier build of the same inputs, and explains a miss.</summary>
public sealed class CacheLookup(ReleaseCache cache, ProvenanceRecorder provenance, BuildJournal journal)
{
    internal async Task<BuiltRelease?> FindAsync(BuildPlan plan, bool rebuild, CancellationToken cancellation)
    {
        var (release, result, warning) = await cache.FindAsync(plan, rebuild, cancellation);
        await journal.NoteAsync(
            plan.Build,
            "cache",
            release is null ? $"miss: {result.MissedBecause}" : $"hit: the release of {release.ReusedFrom}",
            cancellation,
            also: record => record with { Cache = result, Warnings = warning is null ? record.Warnings : [.. record.Warnings.Except([warning]), warning] });
        if (release is not null)
        {
            await provenance.RecordReuseAsync(plan, release, release.ReusedFrom ?? plan.Build, cancellation);
            await journal.TakeReleaseAsync(plan.Build, release, cancellation);
        }

        return release;
    }
}
