using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Outcome;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Finish;

public sealed class FinishActivity(BuildEnding ending)
{
    [Function(nameof(FinishActivity))]
    public Task RunAsync([ActivityTrigger] FinishInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        ending.EndAsync(input.Build, input.Result, deliveries => client.DeliverAsync(deliveries, cancellation), cancellation);
}
