using BuildFunctions.Activities;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>Waits for the upload, or clones the repository.</summary>
internal static class SourceStage
{
    public static async Task<ReceivedSource> ReceiveSourceAsync(this TaskOrchestrationContext context, BuildOrder order, BuildSignals signals)
    {
        if (order.Request.Source == SourceKind.Git)
        {
            return await context.CloneSourceAsync(order);
        }

        if (order.Source is { } known)
        {
            return known;
        }

        var uploaded = context.WaitForExternalEvent<ReceivedSource>(BuildEvents.Source);
        var inTime = await context.WaitForAnyAsync(context.CurrentUtcDateTime + order.Deadlines.Source, uploaded, signals.Cancel);
        signals.ThrowIfCancelled();
        return inTime
            ? await uploaded
            : throw BuildStoppedException.Failed(Waiting.Timeout(order.Deadlines.Source, "awaiting-source"));
    }
}
