using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>A delivery as it is kept, with the very bytes that are signed and sent.</summary>
public sealed record DeliveryRecord(WebhookId Webhook, string Id, string Event, DateTimeOffset At, string Body)
{
    public const string IdPrefix = "msg_";
    public const string Pending = "pending";
    public const string Delivered = "delivered";
    public const string Failed = "failed";

    public string State { get; init; } = Pending;

    public IReadOnlyList<WebhookTry> Tries { get; init; } = [];

    /// <summary>How many of the planned tries were made; those that somebody asked for beside them are in <see cref="Tries"/> and do not count.</summary>
    public int Planned { get; init; }

    public WebhookDelivery ToContract() => new() { Id = Id, Event = Event, At = At, State = State, Tries = Tries };
}
