using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Contracts.Builds;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Runs;

/// <summary>Writes down how an attempt ended and removes what it left at the provider.</summary>
public sealed class EndAttemptActivity(ProviderRegistry providers, RunFollower follower, BuildJournal journal, TimeProvider clock)
{
    [Function(nameof(EndAttemptActivity))]
    public async Task RunAsync([ActivityTrigger] AttemptEnd end, CancellationToken cancellation)
    {
        var (attempt, outcome) = (end.Attempt, end.Outcome.Release is null ? end.Outcome.Problem?.Code ?? "failed" : "succeeded");
        if (end.Handle is { } handle)
        {
            await CleanUpAsync(attempt, handle, cancellation);
        }

        follower.Forget(attempt.Id);

        await journal.NoteAsync(
            attempt.Plan.Build,
            "attempt-ended",
            end.Outcome.Problem?.Detail ?? outcome,
            cancellation,
            attempt.Number,
            build => build with { Attempts = [.. build.Attempts.Select(one => one.Number == attempt.Number ? End(one, end, outcome) : one)] });
    }

    /// <summary>How the attempt ended is known; what stays behind at the provider is worth a warning and no other end.</summary>
    private async Task CleanUpAsync(AttemptOrder attempt, RunHandle handle, CancellationToken cancellation)
    {
        try
        {
            await providers.Find(attempt.Provider).CleanUpAsync(handle, cancellation);
        }
        catch (BrokerFailure failure)
        {
            var warning = $"The run {handle.RunId} could not be removed from {attempt.Provider}: {failure.Message}";
            await journal.NoteAsync(
                attempt.Plan.Build, "left-behind", warning, cancellation, attempt.Number, build => build with { Warnings = [.. build.Warnings.Except([warning]), warning] });
        }
    }

    private BuildAttempt End(BuildAttempt attempt, AttemptEnd end, string outcome) =>
        attempt with { Outcome = outcome, Reason = end.Outcome.Problem?.Detail, FinishedAt = clock.GetUtcNow() };
}
