using BuildFunctions.Activities;
using BuildFunctions.Activities.Plan;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>Gets the source, cloned or sent, and the plan that follows from it.</summary>
internal static class PlanStage
{
    public static async Task<PlannedBuild> PlanAsync(this TaskOrchestrationContext context, BuildOrder order, BuildSignals signals)
    {
        // Before the first look at the record: what comes after that look is heard here.
        var uploaded = context.WaitForExternalEvent<ReceivedSource>(BuildEvents.Source);
        var source = order.Request.Source == SourceKind.Git ? await context.CloneSourceAsync(order) : order.Source;
        var planned = await context.PlanAsync(order, source);
        if (planned is { Plan: null, Cancelled: null })
        {
            var inTime = await context.WaitForAnyAsync(context.CurrentUtcDateTime + order.Deadlines.Source, uploaded, signals.Cancel);
            signals.ThrowIfCancelled();
            planned = inTime
                ? await context.PlanAsync(order, await uploaded)
                : throw BuildStoppedException.Failed(Waiting.Timeout(order.Deadlines.Source, "awaiting-source"));
        }

        signals.ThrowIfCancelled();
        return planned.Cancelled is { } reason ? throw BuildStoppedException.Cancelled(reason) : planned;
    }
}
