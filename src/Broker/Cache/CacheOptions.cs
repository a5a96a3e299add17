namespace BuildFunctions.Broker.Cache;

/// <summary>How much of what was built is kept for later builds with the same inputs.</summary>
public sealed class CacheOptions
{
    /// <summary>How long an entry is kept that no build uses. Default 30 days.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Bytes of all cached releases; beyond, those used longest ago go until four fifths are left. Default 5 GB.</summary>
    public long MaxBytes { get; set; } = 5_000_000_000;
}
