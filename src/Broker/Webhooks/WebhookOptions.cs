namespace BuildFunctions.Broker.Webhooks;

/// <summary>Events that are sent to others.</summary>
public sealed class WebhookOptions
{
    /// <summary>A webhook where nothing arrives for this long is disabled. Default 3 days.</summary>
    public TimeSpan DisableAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Deliveries that are kept for each webhook. Default 200.</summary>
    public int Keep { get; set; } = 200;
}
