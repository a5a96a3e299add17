using BuildFunctions.Activities;
using BuildFunctions.Activities.Queue;
using BuildFunctions.Activities.Runs;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>Runs the plan on one provider after the other until an attempt tells something about the build itself.</summary>
internal static class ProviderStage
{
    private static readonly TimeSpan _cancelRepeat = TimeSpan.FromSeconds(2);

    public static async Task<BuiltRelease> BuildOnProvidersAsync(this TaskOrchestrationContext context, BuildOrder order, BuildPlan plan, Task<string> cancel)
    {
        AttemptOutcome? last = null;
        for (var attempt = 1; attempt <= order.MaxAttempts; attempt++)
        {
            var provider = order.Providers[(attempt - 1) % order.Providers.Count];
            await context.WaitForSlotAsync(order, provider, attempt, cancel);
            last = await context.RunAttemptAsync(new AttemptOrder(plan, provider, attempt, order.Deadlines), cancel);
            cancel.ThrowIfCancelled();
            if (last.Release is { } release)
            {
                return release;
            }

            if (!last.TryElsewhere)
            {
                break;
            }

            await context.LeaveQueueAsync(order.Id);
        }

        throw BuildStoppedException.Failed(last!.Problem!);
    }

    private static async Task WaitForSlotAsync(this TaskOrchestrationContext context, BuildOrder order, string provider, int attempt, Task<string> cancel)
    {
        var deadline = context.CurrentUtcDateTime + order.Deadlines.Queue;
        var freed = context.WaitForExternalEvent<string>(BuildEvents.Slot);
        while (true)
        {
            if (await context.TakeSlotAsync(new SlotRequest(order.Id, order.App, provider, order.Request.Priority, attempt)))
            {
                return;
            }

            var next = context.CurrentUtcDateTime + SlotCheck(order);
            await context.WaitForAnyAsync(next < deadline ? next : deadline, freed, cancel);
            cancel.ThrowIfCancelled();
            if (context.CurrentUtcDateTime >= deadline)
            {
                throw BuildStoppedException.Failed(Waiting.Timeout(order.Deadlines.Queue, "queued"));
            }

            if (freed.IsCompleted)
            {
                freed = context.WaitForExternalEvent<string>(BuildEvents.Slot);
            }
        }
    }

    /// <summary>Whoever frees a slot tells who is next, and the watchdog tells them again; looking without a word is the last resort, spread over minutes.</summary>
    private static TimeSpan SlotCheck(BuildOrder order) => TimeSpan.FromSeconds(180 + (order.CreatedAt.ToUnixTimeMilliseconds() % 120));

    private static async Task<AttemptOutcome> RunAttemptAsync(this TaskOrchestrationContext context, AttemptOrder attempt, Task<string> cancel)
    {
        var instance = attempt.Id.ToString();
        var run = context.CallSubOrchestratorAsync<AttemptOutcome>(
            nameof(AttemptOrchestration), attempt, new SubOrchestrationOptions(instanceId: instance));
        await Task.WhenAny(run, cancel);
        while (!run.IsCompleted)
        {
            // Said again until it works: an attempt that is only about to start does not hear it.
            context.SendEvent(instance, BuildEvents.Cancel, cancel.Result);
            await context.WaitForAnyAsync(context.CurrentUtcDateTime + _cancelRepeat, run);
        }

        return await run;
    }
}
