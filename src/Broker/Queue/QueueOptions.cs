namespace BuildFunctions.Broker.Queue;

/// <summary>How many builds run and wait at a time.</summary>
public sealed class QueueOptions
{
    /// <summary>Builds that run at once on this broker. Default 3.</summary>
    public int MaxConcurrent { get; set; } = 3;

    /// <summary>Builds that run at once on one provider. Default: as many as on the broker.</summary>
    public Dictionary<string, int> MaxConcurrentPerProvider { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Builds that may wait; more are refused with 429. Default 1,000.</summary>
    public int MaxWaiting { get; set; } = 1000;

    public int LimitOf(string provider) => MaxConcurrentPerProvider.GetValueOrDefault(provider, MaxConcurrent);
}
