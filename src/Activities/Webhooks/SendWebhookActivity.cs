using BuildFunctions.Broker.Webhooks;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Webhooks;

/// <summary>One try of a delivery; true when no other is needed.</summary>
public sealed class SendWebhookActivity(WebhookStore store, WebhookSender sender, WebhookOptions options)
{
    [Function(nameof(SendWebhookActivity))]
    public async Task<bool> RunAsync([ActivityTrigger] DeliveryOrder order, CancellationToken cancellation)
    {
        if (await store.FindAsync(order.Webhook, cancellation) is not { } hook
            || await store.FindAsync(order.Webhook, order.Delivery, cancellation) is not { State: DeliveryRecord.Pending } delivery)
        {
            return true;
        }

        if (hook.Disabled is not null)
        {
            await store.FailAsync(delivery, cancellation);
            return true;
        }

        if (delivery.Planned >= order.Try)
        {
            // This try was made and written by a process that died before it could say so.
            return false;
        }

        var after = await sender.SendAsync(hook, delivery, new PlannedTry(order.Try, order.IsLast), cancellation);
        await store.TrimAsync(hook.Id, options.Keep, cancellation);
        return after.State != DeliveryRecord.Pending;
    }
}
