using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Contracts.Builds;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Release;

/// <summary>Makes a release of a source that needs no build.</summary>
public sealed class TakeSourceAsReleaseActivity(ReleaseMaker releases, BuildJournal journal)
{
    [Function(nameof(TakeSourceAsReleaseActivity))]
    public async Task<BuiltRelease> RunAsync([ActivityTrigger] BuildPlan plan, CancellationToken cancellation)
    {
        await journal.EnterAsync(plan.Build, BuildPhase.Validating, "nothing to build: the source is what is served", cancellation);
        var release = await releases.ReleaseSourceAsync(plan, cancellation);
        await releases.RememberAsync(plan, release, cancellation);
        await journal.TakeReleaseAsync(plan.Build, release, cancellation);
        return release;
    }
}
