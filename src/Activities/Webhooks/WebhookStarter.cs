using BuildFunctions.Broker.Webhooks;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Webhooks;

public static class WebhookStarter
{
    /// <summary>Starts each delivery once: its id is the instance's.</summary>
    public static async Task DeliverAsync(this DurableTaskClient client, IReadOnlyList<DeliveryRecord> deliveries, CancellationToken cancellation)
    {
        foreach (var delivery in deliveries)
        {
            if (await client.GetInstanceAsync(delivery.Id, cancellation) is null)
            {
                await StartAsync(client, delivery, cancellation);
            }
        }
    }

    private static async Task StartAsync(DurableTaskClient client, DeliveryRecord delivery, CancellationToken cancellation)
    {
        var once = new StartOrchestrationOptions(delivery.Id).WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(DeliveryOrder.Orchestration, new DeliveryOrder(delivery.Webhook, delivery.Id), once, cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // Somebody else was faster; the runtimes have different exceptions for it.
            if (await client.GetInstanceAsync(delivery.Id, cancellation) is null)
            {
                throw;
            }
        }
    }
}
