using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Servers;

namespace BuildFunctions.Activities.Queue;

/// <summary>Tickets with the servers that would do, where the provider has servers.</summary>
public sealed class PlacedTickets(ProviderRegistry providers, PlanStore plans, ServerPool servers, BuildJournal journal)
{
    internal async Task<Ticket> OfAsync(SlotRequest request, CancellationToken cancellation)
    {
        var ticket = new Ticket(request.Build, request.App, request.Provider, request.Priority);
        return providers.TryFind(request.Provider, out var provider) && provider.Capabilities.HasServers
            ? ticket with { Open = await servers.OpenAsync(request.App, (await plans.FindAsync(request.Build, cancellation)).Server, cancellation) }
            : ticket;
    }

    /// <summary>Into the timeline, with the reason.</summary>
    internal async Task TellAsync(SlotRequest request, string server, CancellationToken cancellation)
    {
        var needs = (await plans.FindAsync(request.Build, cancellation)).Server;
        await journal.NoteAsync(request.Build, "placed", await servers.WhyAsync(server, request.App, needs, cancellation), cancellation, request.Attempt);
    }
}
