using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Finish;

/// <summary>Closes the log, then writes the last state of a build: who sees the end finds the whole log. Then it is told.</summary>
public sealed class FinishActivity(BuildLogs logs, BuildJournal journal, BuildMetrics metrics, Announcer announcer)
{
    [Function(nameof(FinishActivity))]
    public async Task RunAsync([ActivityTrigger] FinishInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await logs.CloseAsync(input.Order.Id, cancellation);
        if (await journal.FinishAsync(input.Order.Id, input.Result, cancellation) is { } ended)
        {
            metrics.Finished(ended);
        }

        // Also when the build had ended before: the process may have died here. The record stands, so that a fault here changes no result.
        await client.DeliverAsync(await announcer.EndedAsync(input.Order.Id, cancellation), cancellation);
    }
}
