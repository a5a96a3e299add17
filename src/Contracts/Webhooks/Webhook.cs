using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Webhooks;

/// <summary>A subscription: where events are sent, and how that goes.</summary>
public sealed record Webhook
{
    public required WebhookId Id { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>The app that it is about; all, if absent.</summary>
    public AppName? App { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when nothing has arrived there.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why nothing is sent any more; a test that arrives opens it again.</summary>
    public string? Disabled { get; init; }

    /// <summary>What deliveries are signed with; only in the answer to its making.</summary>
    public string? Secret { get; init; }
}
