using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Broker.Secrets.Redaction;
using BuildFunctions.Contracts.Builds;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Runs;

/// <summary>Fetches what the run made, or takes what it sent, and makes a checked release of it.</summary>
public sealed class CollectArtifactActivity(ArtifactFetcher fetcher, ReleaseMaker releases, RunRedactors redactors, BuildJournal journal)
{
    [Function(nameof(CollectArtifactActivity))]
    public async Task<BuiltRelease> RunAsync([ActivityTrigger] RunReference run, CancellationToken cancellation)
    {
        var attempt = run.Attempt;
        await journal.EnterAsync(attempt.Build, BuildPhase.Fetching, null, cancellation, attempt.Number);
        var app = attempt.App;
        var artifact = await redactors.GuardAsync(attempt.Id, app, () => fetcher.FetchAsync(attempt.Id, run.Handle, cancellation), cancellation);
        await journal.EnterAsync(attempt.Build, BuildPhase.Validating, null, cancellation, attempt.Number);
        var release = await redactors.GuardAsync(attempt.Id, app, () => releases.ReleaseAsync(artifact, cancellation), cancellation);

        // Warnings name files, and a build may call a file anything.
        var redactor = await redactors.FindAsync(attempt.Id, app, cancellation);
        release = release with { Warnings = [.. release.Warnings.Select(redactor.Redact)] };
        await releases.RememberAsync(attempt.Build, release, cancellation);
        await journal.TakeReleaseAsync(attempt.Build, release, cancellation);
        return release;
    }
}
