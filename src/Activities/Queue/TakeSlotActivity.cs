using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Builds;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Queue;

/// <summary>Takes a slot when it is the build's turn, else shows its place in the queue.</summary>
public sealed class TakeSlotActivity(SlotStore slots, BuildJournal journal, PlacedTickets tickets)
{
    [Function(nameof(TakeSlotActivity))]
    public async Task<bool> RunAsync([ActivityTrigger] SlotRequest request, CancellationToken cancellation)
    {
        var answer = await slots.TakeAsync(await tickets.OfAsync(request, cancellation), cancellation);
        if (answer.Server is { } server)
        {
            await tickets.TellAsync(request, server, cancellation);
        }

        if (answer.Place is { } place)
        {
            await journal.EnterAsync(
                request.Build,
                BuildPhase.Queued,
                place.Why,
                cancellation,
                request.Attempt,
                build => build with { Provider = request.Provider, Queue = place });
        }

        return answer.Granted;
    }
}
