using System.Globalization;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Reconciliation;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Contracts.Builds;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Runs;

/// <summary>Writes down how an attempt ended and what follows, and removes what it left at the provider.</summary>
public sealed class EndAttemptActivity(RunRemains remains, RunFollower follower, BuildJournal journal, TimeProvider clock)
{
    [Function(nameof(EndAttemptActivity))]
    public async Task RunAsync([ActivityTrigger] AttemptEnd end, CancellationToken cancellation)
    {
        var (attempt, outcome) = (end.Attempt, end.Outcome);
        var build = attempt.Build;
        if ((outcome.Handle ?? await FindHandleAsync(attempt, cancellation)) is { } handle)
        {
            await RemoveAsync(attempt, handle, outcome.MayRun, cancellation);
        }

        follower.Forget(attempt.Id);

        await journal.NoteAsync(
            build,
            "attempt-ended",
            outcome.Problem?.Detail ?? Told(outcome),
            cancellation,
            attempt.Number,
            record => record with { Attempts = [.. record.Attempts.Where(one => one.Number != attempt.Number), Ended(record, end)] });
        if (end.Decision is { } decision)
        {
            await journal.NoteAsync(build, "decision", decision, cancellation, attempt.Number);
        }

        if (end.Wait is { } wait)
        {
            var why = $"waiting for provider {wait.Provider}: {outcome.Problem?.Detail}; next try at {wait.Until.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC";
            await journal.EnterAsync(
                build, BuildPhase.Queued, why, cancellation, attempt.Number, record => record with { Provider = wait.Provider, Queue = new BuildQueuePlace(0, why) });
        }
    }

    /// <summary>A start that got as far as its record and whose answer was lost for good.</summary>
    private async Task<RunHandle?> FindHandleAsync(AttemptOrder attempt, CancellationToken cancellation) =>
        (await journal.ReadAsync(attempt.Build, cancellation))?.Attempts.FirstOrDefault(one => one.Number == attempt.Number && one.Provider == attempt.Provider && one.FinishedAt is null)
            is { RunId: { } run }
            ? new RunHandle { Provider = attempt.Provider, RunId = run }
            : null;

    /// <summary>How the attempt ended is known; what stays behind at the provider is worth a warning and no other end.</summary>
    private async Task RemoveAsync(AttemptOrder attempt, RunHandle handle, bool mayRun, CancellationToken cancellation)
    {
        if (await remains.RemoveAsync(attempt.Id, handle, mayRun, cancellation) is { } warning)
        {
            await journal.NoteAsync(
                attempt.Build, "left-behind", warning, cancellation, attempt.Number, build => build with { Warnings = [.. build.Warnings.Except([warning]), warning] });
        }
    }

    private BuildAttempt Ended(Build record, AttemptEnd end)
    {
        var now = clock.GetUtcNow();
        var begun = record.Attempts.FirstOrDefault(one => one.Number == end.Attempt.Number)
            ?? new BuildAttempt { Number = end.Attempt.Number, Provider = end.Attempt.Provider, Outcome = "", StartedAt = now };
        return begun with
        {
            Provider = end.Attempt.Provider,
            Outcome = end.Outcome.Problem?.Code ?? Told(end.Outcome),
            Reason = end.Outcome.Problem?.Detail,
            // The same attempt goes on when its provider is there again: over, it would never be started.
            FinishedAt = end.Wait?.Provider == end.Attempt.Provider ? null : now,
        };
    }

    private static string Told(AttemptOutcome outcome) => outcome.Release is not null ? "succeeded" : "cancelled";
}
