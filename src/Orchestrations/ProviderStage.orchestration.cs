using BuildFunctions.Activities;
using BuildFunctions.Activities.Queue;
using BuildFunctions.Activities.Runs;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failover;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>Runs the plan on one provider after the other until an attempt tells something about the build itself.</summary>
internal static class ProviderStage
{
    public static async Task<BuiltRelease> BuildOnProvidersAsync(this TaskOrchestrationContext context, BuildBrief build, BuildSignals signals)
    {
        try
        {
            return await RunAttemptsAsync(context, build, signals);
        }
        finally
        {
            await context.LeaveQueueAsync(build.Id);
        }
    }

    private static async Task<BuiltRelease> RunAttemptsAsync(TaskOrchestrationContext context, BuildBrief build, BuildSignals signals)
    {
        var state = new FailoverState { Providers = build.Providers, MaxAttempts = build.MaxAttempts, Retry = build.Deadlines.ProviderRetry };
        var attempt = new AttemptOrder(build.Id, build.App, build.Providers[0], 1, build.Deadlines);
        var patience = context.CurrentUtcDateTime + build.Deadlines.Queue;
        while (true)
        {
            await context.WaitForSlotAsync(build, attempt, signals);
            var over = context.CurrentUtcDateTime + build.Deadlines.Run + build.Deadlines.Cancel;
            var outcome = await context.RunAttemptAsync(attempt, signals);
            if (outcome.Release is not null || signals.IsCancelled)
            {
                await context.EndUnseenAsync(attempt, outcome);
                await context.EndAttemptAsync(new AttemptEnd(attempt, outcome));
                signals.ThrowIfCancelled();
                return outcome.Release!;
            }

            var next = FailoverPolicy.Decide(state, outcome.Failed(attempt));
            if (!next.Ends && outcome.MayRun && await context.SettleAsync(attempt, outcome.Handle, over, signals))
            {
                outcome = outcome with { MayRun = false };
            }

            var resume = context.CurrentUtcDateTime + next.Pause;
            if (!outcome.NothingStarted)
            {
                patience = resume + build.Deadlines.Queue;
            }

            if (next.Ends || (next.Waiting && resume > patience))
            {
                await context.EndUnseenAsync(attempt, outcome);
                await context.EndAttemptAsync(new AttemptEnd(attempt, outcome, next.Ends ? next.Reason : "waited long enough"));
                throw BuildStoppedException.Failed(outcome.Problem!);
            }

            await context.EndAttemptAsync(new AttemptEnd(attempt, outcome, next.Reason, next.Waiting ? new ProviderWait(next.Provider!, resume) : null));
            await context.LeaveQueueAsync(build.Id);
            await context.PauseAsync(resume, signals);
            (state, attempt) = (next.State, attempt with { Provider = next.Provider!, Number = next.Number });
        }
    }

    /// <summary>A run whose start was not answered has no handle to end it by: it is looked for, once, before the build is over.</summary>
    private static async Task EndUnseenAsync(this TaskOrchestrationContext context, AttemptOrder attempt, AttemptOutcome outcome)
    {
        if (outcome is { MayRun: true, Handle: null })
        {
            await context.SettleRunAsync(new RunSearch(attempt, null));
        }
    }

    private static async Task WaitForSlotAsync(this TaskOrchestrationContext context, BuildBrief build, AttemptOrder attempt, BuildSignals signals)
    {
        var deadline = context.CurrentUtcDateTime + build.Deadlines.Queue;
        while (!await context.TakeSlotAsync(new SlotRequest(build.Id, build.App, attempt.Provider, build.Priority, attempt.Number)))
        {
            var next = context.CurrentUtcDateTime + SlotCheck(build);
            await context.WaitForAnyAsync(next < deadline ? next : deadline, signals.Slot.Rung, signals.Cancel);
            signals.ThrowIfCancelled();
            if (context.CurrentUtcDateTime >= deadline)
            {
                throw BuildStoppedException.Failed(Waiting.Timeout(build.Deadlines.Queue, "queued"));
            }

            signals.Slot.Reset();
        }

        signals.Slot.Reset();
    }

    /// <summary>Whoever frees a slot tells who is next, and the watchdog tells them again; looking without a word is the last resort, spread over minutes.</summary>
    private static TimeSpan SlotCheck(BuildBrief build) => TimeSpan.FromSeconds(180 + (build.CreatedAt.ToUnixTimeMilliseconds() % 120));

    private static async Task PauseAsync(this TaskOrchestrationContext context, DateTime until, BuildSignals signals)
    {
        if (until > context.CurrentUtcDateTime)
        {
            await context.WaitForAnyAsync(until, signals.Cancel);
        }

        signals.ThrowIfCancelled();
    }
}
