using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Ids;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Queue;

/// <summary>Frees what a build holds and tells those who may start now; a lost word costs them only the wait until they look again.</summary>
public sealed class LeaveQueueActivity(SlotStore slots)
{
    [Function(nameof(LeaveQueueActivity))]
    public async Task RunAsync([ActivityTrigger] BuildId build, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var next in await slots.ReleaseAsync(build, cancellation))
        {
            await client.TellAsync(next.ToString(), BuildEvents.Slot, "free", cancellation);
        }
    }
}
