
namespace BuildFunctions.Contracts.Webhooks;

/// <summary>The body of a delivery.</summary>
public sealed record WebhookMessage
{
    /// <summary>One of <see cref="WebhookEvent"/>.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required WebhookMessageData Data { get; init; }
}
