using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>What the orchestration of a delivery is given; its instance has the delivery's id.</summary>
/// <param name="Try">From 1.</param>
public sealed record DeliveryOrder(WebhookId Webhook, string Delivery, int Try = 1)
{
    public const string Orchestration = "WebhookOrchestration";

    /// <summary>Between the tries: five within an hour.</summary>
    public static IReadOnlyList<TimeSpan> Waits { get; } = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(13), TimeSpan.FromMinutes(44)];

    public bool IsLast => Try > Waits.Count;
}
