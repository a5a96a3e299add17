using BuildFunctions.Activities;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Queue;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Servers;

/// <summary>Builds that wait for a server look again when one has come, or come back.</summary>
public sealed class WaitingBuilds(SlotStore slots, ProviderRegistry providers)
{
    internal async Task TellAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var provider in providers.Names.Where(name => providers.Find(name).Capabilities.HasServers))
        {
            foreach (var build in await slots.WaitingForAsync(provider, cancellation))
            {
                await client.TellAsync(build.ToString(), BuildEvents.Slot, "servers", cancellation);
            }
        }
    }
}
