using BuildFunctions.Activities;
using BuildFunctions.Broker.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>One delivery, tried until it arrives or the last try has failed.</summary>
public static class WebhookOrchestration
{
    [Function(DeliveryOrder.Orchestration)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, DeliveryOrder order)
    {
        while (!await context.SendWebhookAsync(order) && !order.IsLast)
        {
            await context.CreateTimer(DeliveryOrder.Waits[order.Try - 1], CancellationToken.None);
            order = order with { Try = order.Try + 1 };
        }
    }
}
