using BuildFunctions.Broker.Webhooks;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Webhooks;

/// <summary>
/// Tells what a process that died has not told, starts deliveries that were written by one that died before it started them, and ends those whose orchestration
/// has ended without a word.
/// </summary>
public sealed class DeliveryWatch(WebhookStore store, ToldSwitches switches, TimeProvider time)
{
    // Longer than it takes to send a test, which has no orchestration while it is sent.
    private static readonly TimeSpan _grace = TimeSpan.FromMinutes(2);

    public async Task CheckAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        await switches.CheckAsync(client, cancellation);
        foreach (var delivery in await store.PendingAsync(time.GetUtcNow() - _grace, cancellation))
        {
            var instance = await client.GetInstanceAsync(delivery.Id, cancellation);
            if (instance is null)
            {
                await client.DeliverAsync([delivery], cancellation);
            }
            else if (instance.IsCompleted)
            {
                await store.FailAsync(delivery, cancellation);
            }
        }
    }
}
