using BuildFunctions.Activities;
using BuildFunctions.Activities.Failures;
using BuildFunctions.Activities.Runs;
using BuildFunctions.Broker.Compute;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>One run on one provider: start it, follow it until the provider says that it has ended, take what it made.</summary>
internal static class AttemptStage
{
    private static readonly TimeSpan _settlePause = TimeSpan.FromSeconds(5);

    public static async Task<AttemptOutcome> RunAttemptAsync(this TaskOrchestrationContext context, AttemptOrder attempt, BuildSignals signals)
    {
        RunHandle handle;
        try
        {
            handle = await context.StartRunAsync(attempt);
        }
        catch (TaskFailedException failed)
        {
            return AttemptOutcome.NotStarted(ActivityFailure.Of(failed.FailureDetails));
        }

        var outcome = await context.FollowAsync(new RunReference(attempt, handle), signals);
        return outcome with { Handle = handle };
    }

    /// <summary>
    /// Makes sure that a run that may be alive is not, before another is started. What cannot be confirmed is waited for until the run's own deadline has
    /// ended it. False where the build was cancelled meanwhile.
    /// </summary>
    public static async Task<bool> SettleAsync(this TaskOrchestrationContext context, AttemptOrder attempt, RunHandle? handle, DateTime until, BuildSignals signals)
    {
        var unseen = 0;
        for (var round = 1; !signals.IsCancelled && context.CurrentUtcDateTime < until; round++)
        {
            var trace = await context.SettleRunAsync(new RunSearch(attempt, handle));
            unseen = trace == RunTrace.Unseen ? unseen + 1 : 0;
            if (trace == RunTrace.Gone || unseen == 2)
            {
                return true;
            }

            var next = context.CurrentUtcDateTime + (_settlePause * Math.Min(round, 6));
            await context.WaitForAnyAsync(next < until ? next : until, signals.Cancel);
        }

        return !signals.IsCancelled;
    }

    /// <summary>Until the run has ended. Announcements wake it, polling decides; a cancel or the deadline asks the run to stop, then makes it.</summary>
    private static async Task<AttemptOutcome> FollowAsync(this TaskOrchestrationContext context, RunReference run, BuildSignals signals)
    {
        var progress = new RunProgress { StartedAt = context.CurrentUtcDateTime };
        var look = RunLook.Started;
        while (true)
        {
            var move = progress.Next(look, run.Attempt, context.CurrentUtcDateTime, signals.IsCancelled);
            progress = move.Progress;
            if (move.End is { Succeeded: true } && !signals.IsCancelled)
            {
                return await context.CollectAsync(run);
            }

            if (move.End is { } end)
            {
                return end;
            }

            if (move.Stop)
            {
                await context.TryCancelRunAsync(new RunCancel(run, move.Force));
            }

            Task[] wakers = move.Deaf ? [] : progress.AskedToStop is null ? [signals.Run.Rung, signals.Cancel] : [signals.Run.Rung];
            await context.WaitForAnyAsync(move.Until, wakers);
            signals.Run.Reset();
            look = await context.LookAtRunAsync(run);
        }
    }

    private static async Task<AttemptOutcome> CollectAsync(this TaskOrchestrationContext context, RunReference run)
    {
        try
        {
            return new AttemptOutcome { Release = await context.CollectArtifactAsync(run) };
        }
        catch (TaskFailedException failed)
        {
            return AttemptOutcome.Of(ActivityFailure.Of(failed.FailureDetails));
        }
    }

    private static async Task<RunLook> LookAtRunAsync(this TaskOrchestrationContext context, RunReference run)
    {
        try
        {
            return await context.PollRunAsync(run);
        }
        catch (TaskFailedException failed)
        {
            return new RunLook { Failure = ActivityFailure.Of(failed.FailureDetails) };
        }
    }

    /// <summary>A provider that does not take the cancel is asked again in the next round.</summary>
    private static async Task TryCancelRunAsync(this TaskOrchestrationContext context, RunCancel cancel)
    {
        try
        {
            await context.CancelRunAsync(cancel);
        }
        catch (TaskFailedException)
        {
            context.CreateReplaySafeLogger(nameof(AttemptStage)).CancelNotTaken(cancel.Run.Handle.RunId, cancel.Run.Attempt.Provider);
        }
    }
}
