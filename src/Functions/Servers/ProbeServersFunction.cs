using BuildFunctions.Broker.Servers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Servers;

/// <summary>Asks each build server how it is; those that rest are asked when their rest is over.</summary>
public sealed class ProbeServersFunction(ServerWatch watch, WaitingBuilds waiting)
{
    [Function("ProbeServers")]
    public async Task RunAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (await watch.LookAtAllAsync(cancellation))
        {
            await waiting.TellAsync(client, cancellation);
        }
    }
}
