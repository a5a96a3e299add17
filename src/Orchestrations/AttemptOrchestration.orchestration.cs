using BuildFunctions.Activities;
using BuildFunctions.Activities.Failures;
using BuildFunctions.Activities.Runs;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Providers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>One run on one provider: start it, follow it until the provider says that it has ended, take what it made.</summary>
public static class AttemptOrchestration
{
    [Function(nameof(AttemptOrchestration))]
    public static async Task<AttemptOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, AttemptOrder attempt)
    {
        var cancel = context.WaitForExternalEvent<string>(BuildEvents.Cancel);
        RunHandle? handle = null;
        AttemptOutcome outcome;
        try
        {
            handle = await context.StartRunAsync(attempt);
            var status = await context.FollowAsync(attempt, handle, cancel);
            outcome = status.State == RunState.Succeeded && !cancel.IsCompleted
                ? new AttemptOutcome { Release = await context.CollectArtifactAsync(new RunReference(attempt, handle)) }
                : AttemptOutcome.Of(status, attempt);
        }
        catch (TaskFailedException failed)
        {
            outcome = AttemptOutcome.Of(ActivityFailure.Of(failed.FailureDetails));
        }

        await context.EndAttemptAsync(new AttemptEnd(attempt, handle, outcome));
        return outcome;
    }

    /// <summary>Until the run has ended. Announcements wake it, polling decides; a cancel or the deadline asks the run to stop, then makes it.</summary>
    private static async Task<RunStatus> FollowAsync(this TaskOrchestrationContext context, AttemptOrder attempt, RunHandle handle, Task<string> cancel)
    {
        var run = new RunReference(attempt, handle);
        var changed = context.WaitForExternalEvent<string>(BuildEvents.RunChanged);
        var deadline = context.CurrentUtcDateTime + attempt.Deadlines.Run + attempt.Deadlines.Cancel;
        DateTime? askedToStop = null;
        for (var round = 0; ; round++)
        {
            var status = await context.PollRunAsync(run);
            if (status.IsFinal)
            {
                return askedToStop is null || cancel.IsCompleted ? status : status with { State = RunState.TimedOut };
            }

            if (askedToStop is null && (cancel.IsCompleted || context.CurrentUtcDateTime >= deadline))
            {
                await context.CancelRunAsync(new RunCancel(run, Force: false));
                askedToStop = context.CurrentUtcDateTime;
            }
            else if (context.CurrentUtcDateTime - askedToStop >= attempt.Deadlines.Cancel)
            {
                await context.CancelRunAsync(new RunCancel(run, Force: true));
            }

            var next = context.CurrentUtcDateTime + (askedToStop is null ? PollDelay(round) : TimeSpan.FromSeconds(1));
            Task[] wakers = askedToStop is null ? [changed, cancel] : [changed];
            await context.WaitForAnyAsync(askedToStop is null && next > deadline ? deadline : next, wakers);
            if (changed.IsCompleted)
            {
                changed = context.WaitForExternalEvent<string>(BuildEvents.RunChanged);
            }
        }
    }

    private static TimeSpan PollDelay(int round) => TimeSpan.FromSeconds(Math.Min(30, 5 + (5 * round)));
}
