using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Queue;

/// <summary>How many builds run and wait at a time.</summary>
public sealed class QueueOptions
{
    /// <summary>Builds that run at once on this broker. Default 3.</summary>
    public int MaxConcurrent { get; set; } = 3;

    /// <summary>Builds that run at once on one provider. Default: as many as on the broker.</summary>
    public Dictionary<string, int> MaxConcurrentPerProvider { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Builds that run at once on one build server. Default: one.</summary>
    public Dictionary<string, int> MaxConcurrentPerServer { get; } = new(StringComparer.Ordinal);

    /// <summary>Builds of one app that run at once. Default: as many as on the broker.</summary>
    public int? MaxConcurrentPerApp { get; set; }

    /// <summary>Builds that may be accepted and hold no slot; more are refused with 429. Default 1,000.</summary>
    public int MaxWaiting { get; set; } = 1000;

    /// <summary>Which older builds of the same app, ref and target a newer one ends, unless its request says otherwise. Default: none.</summary>
    public Supersede Supersede { get; set; }

    internal int LimitOf(SlotPool pool) => pool.Kind switch
    {
        SlotPoolKind.Broker => MaxConcurrent,
        SlotPoolKind.App => MaxConcurrentPerApp ?? int.MaxValue,
        SlotPoolKind.Provider => MaxConcurrentPerProvider.GetValueOrDefault(pool.Name, MaxConcurrent),
        _ => MaxConcurrentPerServer.GetValueOrDefault(pool.Name, 1),
    };
}
