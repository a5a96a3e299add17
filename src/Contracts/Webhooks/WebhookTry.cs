namespace BuildFunctions.Contracts.Webhooks;

/// <summary>One time that a delivery was sent.</summary>
public sealed record WebhookTry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP status that came back; absent where none did.</summary>
    public int? Status { get; init; }

    /// <summary>Seconds.</summary>
    public required double Duration { get; init; }

    /// <summary>Why there was no answer.</summary>
    public string? Error { get; init; }

    /// <summary>The start of the answer, without what looks like a secret.</summary>
    public string? Answer { get; init; }
}
