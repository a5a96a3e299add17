using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Release;

/// <summary>Makes a release of a source that needs no build.</summary>
public sealed class TakeSourceAsReleaseActivity(ReleaseMaker releases, BuildJournal journal)
{
    [Function(nameof(TakeSourceAsReleaseActivity))]
    public async Task<BuiltRelease> RunAsync([ActivityTrigger] BuildId build, CancellationToken cancellation)
    {
        await journal.EnterAsync(build, BuildPhase.Validating, "nothing to build: the source is what is served", cancellation);
        var release = await releases.ReleaseSourceAsync(build, cancellation);
        await releases.RememberAsync(build, release, cancellation);
        await journal.TakeReleaseAsync(build, release, cancellation);
        return release;
    }
}
