using BuildFunctions.Broker.Webhooks;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Webhooks;

/// <summary>Starts deliveries that were written by a process that died before it started them, and ends those whose orchestration has ended without a word.</summary>
public sealed class DeliveryWatch(WebhookStore store, TimeProvider time)
{
    // Longer than it takes to send a test, which has no orchestration while it is sent.
    private static readonly TimeSpan _grace = TimeSpan.FromMinutes(2);

    public async Task CheckAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var delivery in await store.PendingAsync(time.GetUtcNow() - _grace, cancellation))
        {
            var instance = await client.GetInstanceAsync(delivery.Id, cancellation);
            if (instance is null)
            {
                await client.DeliverAsync([delivery], cancellation);
            }
            else if (instance.IsCompleted && await store.FindAsync(delivery.Webhook, delivery.Id, cancellation) is { State: DeliveryRecord.Pending } left)
            {
                await store.SaveAsync(left with { State = DeliveryRecord.Failed }, cancellation);
            }
        }
    }
}
