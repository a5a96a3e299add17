using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Contracts.Builds;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Runs;

/// <summary>Fetches what the run made, or takes what it sent, and makes a checked release of it.</summary>
public sealed class CollectArtifactActivity(ArtifactCollector collector, BuildJournal journal)
{
    [Function(nameof(CollectArtifactActivity))]
    public async Task<BuiltRelease> RunAsync([ActivityTrigger] RunReference run, CancellationToken cancellation)
    {
        var attempt = run.Attempt;
        await journal.EnterAsync(attempt.Plan.Build, BuildPhase.Fetching, null, cancellation, attempt.Number);
        var artifact = await collector.FetchAsync(attempt.Id, run.Handle, cancellation);
        await journal.EnterAsync(attempt.Plan.Build, BuildPhase.Validating, null, cancellation, attempt.Number);
        var release = await collector.ReleaseAsync(artifact, cancellation);
        await collector.RememberAsync(attempt.Plan, release, cancellation);
        await journal.TakeReleaseAsync(attempt.Plan.Build, release, cancellation);
        return release;
    }
}
