namespace BuildFunctions.Broker.Retention;

/// <summary>How long things are kept that nothing needs any more.</summary>
public sealed class RetentionOptions
{
    /// <summary>An ended build, its log, timeline, provenance and artifact; longer while something it made is deployed or cached. Default 90 days.</summary>
    public TimeSpan Builds { get; set; } = TimeSpan.FromDays(90);

    /// <summary>A deployment that is neither live nor can be rolled back to, and lines of history beyond the newest; previews have Deployments:PreviewLifetime. Default 90 days.</summary>
    public TimeSpan Deployments { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The source of an ended build. Default 7 days.</summary>
    public TimeSpan Sources { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The engine's history of an ended build. Default 7 days.</summary>
    public TimeSpan Histories { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Idempotency keys. Default 1 day.</summary>
    public TimeSpan Keys { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Entries of the audit log. Default 365 days.</summary>
    public TimeSpan Audit { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Deliveries of webhooks, of which Webhooks:Keep are kept at most. Default 30 days.</summary>
    public TimeSpan Deliveries { get; set; } = TimeSpan.FromDays(30);

    /// <summary>From when something was found unused to when it is deleted, for those who just looked it up. Default 1 hour.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The most things of a kind that one run removes, a hundred times that of audit entries. Default 1,000.</summary>
    public int PerRun { get; set; } = 1000;
}
