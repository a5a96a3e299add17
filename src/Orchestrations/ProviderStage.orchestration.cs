using BuildFunctions.Activities;
using BuildFunctions.Activities.Queue;
using BuildFunctions.Activities.Runs;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failover;
using BuildFunctions.Broker.Planning;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>Runs the plan on one provider after the other until an attempt tells something about the build itself.</summary>
internal static class ProviderStage
{
    public static async Task<BuiltRelease> BuildOnProvidersAsync(this TaskOrchestrationContext context, BuildOrder order, BuildPlan plan, BuildSignals signals)
    {
        try
        {
            return await RunAttemptsAsync(context, order, plan, signals);
        }
        finally
        {
            await context.LeaveQueueAsync(order.Id);
        }
    }

    private static async Task<BuiltRelease> RunAttemptsAsync(TaskOrchestrationContext context, BuildOrder order, BuildPlan plan, BuildSignals signals)
    {
        var state = new FailoverState { Providers = order.Providers, MaxAttempts = order.MaxAttempts, Retry = order.Deadlines.ProviderRetry };
        var attempt = new AttemptOrder(plan, order.Providers[0], 1, order.Deadlines);
        var patience = context.CurrentUtcDateTime + order.Deadlines.Queue;
        while (true)
        {
            await context.WaitForSlotAsync(order, attempt, signals);
            var over = context.CurrentUtcDateTime + order.Deadlines.Run + order.Deadlines.Cancel;
            var outcome = await context.RunAttemptAsync(attempt, signals);
            if (outcome.Release is not null || signals.IsCancelled)
            {
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
                patience = resume + order.Deadlines.Queue;
            }

            if (next.Ends || (next.Waiting && resume > patience))
            {
                await context.EndAttemptAsync(new AttemptEnd(attempt, outcome, next.Ends ? next.Reason : "waited long enough"));
                throw BuildStoppedException.Failed(outcome.Problem!);
            }

            await context.EndAttemptAsync(new AttemptEnd(attempt, outcome, next.Reason, next.Waiting ? new ProviderWait(next.Provider!, resume) : null));
            await context.LeaveQueueAsync(order.Id);
            await context.PauseAsync(resume, signals);
            (state, attempt) = (next.State, attempt with { Provider = next.Provider!, Number = next.Number });
        }
    }

    private static async Task WaitForSlotAsync(this TaskOrchestrationContext context, BuildOrder order, AttemptOrder attempt, BuildSignals signals)
    {
        var deadline = context.CurrentUtcDateTime + order.Deadlines.Queue;
        while (!await context.TakeSlotAsync(new SlotRequest(order.Id, order.App, attempt.Provider, order.Request.Priority, attempt.Number)))
        {
            var next = context.CurrentUtcDateTime + SlotCheck(order);
            await context.WaitForAnyAsync(next < deadline ? next : deadline, signals.Slot.Rung, signals.Cancel);
            signals.ThrowIfCancelled();
            if (context.CurrentUtcDateTime >= deadline)
            {
                throw BuildStoppedException.Failed(Waiting.Timeout(order.Deadlines.Queue, "queued"));
            }

            signals.Slot.Reset();
        }

        signals.Slot.Reset();
    }

    /// <summary>Whoever frees a slot tells who is next, and the watchdog tells them again; looking without a word is the last resort, spread over minutes.</summary>
    private static TimeSpan SlotCheck(BuildOrder order) => TimeSpan.FromSeconds(180 + (order.CreatedAt.ToUnixTimeMilliseconds() % 120));

    private static async Task PauseAsync(this TaskOrchestrationContext context, DateTime until, BuildSignals signals)
    {
        if (until > context.CurrentUtcDateTime)
        {
            await context.WaitForAnyAsync(until, signals.Cancel);
        }

        signals.ThrowIfCancelled();
    }
}
