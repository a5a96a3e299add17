namespace BuildFunctions.Contracts.Webhooks;

/// <summary>One event on its way to one webhook, however often it is sent.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The header <c>webhook-id</c>: the same for each try.</summary>
    public required string Id { get; init; }

    public required string Event { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    public IReadOnlyList<WebhookTry> Tries { get; init; } = [];
}
