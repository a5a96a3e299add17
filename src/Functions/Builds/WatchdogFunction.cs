using BuildFunctions.Activities;
using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Builds;

/// <summary>
/// Looks from outside the engine at what should move: builds that do not are started, told or ended, a slot that a finished build holds is freed,
/// who may start and was not told is told, deliveries that nobody started are started.
/// </summary>
public sealed class WatchdogFunction(BuildWatch watch, BuildStore store, SlotStore slots, DeliveryWatch deliveries, RunWakening runs)
{
    [Function("Watchdog")]
    public async Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        runs.Begin(client);
        await watch.CheckAsync(await OpenAsync(cancellation), client, cancellation);
        var open = await OpenAsync(cancellation);
        foreach (var holder in await slots.HoldersAsync(cancellation))
        {
            if (await HasEndedAsync(holder, open, cancellation))
            {
                await TellAsync(await slots.ReleaseAsync(holder, cancellation), client, cancellation);
            }
        }

        await TellAsync(await slots.NextAsync(cancellation), client, cancellation);
        await deliveries.CheckAsync(client, cancellation);
    }

    private ValueTask<HashSet<BuildId>> OpenAsync(CancellationToken cancellation) => store.OpenAsync(cancellation).ToHashSetAsync(cancellationToken: cancellation);

    /// <summary>The list of open builds may name too many and never too few, so that most holders cost no read.</summary>
    private async Task<bool> HasEndedAsync(BuildId holder, HashSet<BuildId> open, CancellationToken cancellation) =>
        !open.Contains(holder) && await store.FindAsync(holder, cancellation) is null or { Status: not (BuildStatus.Pending or BuildStatus.Running) };

    private static async Task TellAsync(IReadOnlyList<BuildId> next, DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var build in next)
        {
            await client.TellAsync(build.ToString(), BuildEvents.Slot, "free", cancellation);
        }
    }
}
