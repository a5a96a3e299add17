using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Logs;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Finish;

/// <summary>Closes the log, then writes the last state of a build: who sees the end finds the whole log.</summary>
public sealed class FinishActivity(BuildLogs logs, BuildJournal journal, BuildMetrics metrics)
{
    [Function(nameof(FinishActivity))]
    public async Task RunAsync([ActivityTrigger] FinishInput input, CancellationToken cancellation)
    {
        await logs.CloseAsync(input.Order.Id, cancellation);
        if (await journal.FinishAsync(input.Order.Id, input.Result, cancellation) is { } ended)
        {
            metrics.Finished(ended);
        }
    }
}
