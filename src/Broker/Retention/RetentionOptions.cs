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

    /// <summary>From when something was found unused to when it is deleted, for those who just looked it up. Default 1 hour.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The most things of a kind that one run removes. Default 1,000.</summary>
    public int PerRun { get; set; } = 1000;
}
