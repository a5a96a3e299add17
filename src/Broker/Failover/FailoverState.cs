namespace BuildFunctions.Broker.Failover;

/// <summary>Where a build stands on its way through its providers.</summary>
public sealed record FailoverState
{
    /// <summary>In the order of preference; a name that stands twice counts once.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

    public required int MaxAttempts { get; init; }

    /// <summary>The first pause while no provider takes the build.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts that a provider accepted, or may have.</summary>
    public int Used { get; init; }

    /// <summary>Providers that have refused a start, and the time each asked for, since one accepted.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Refused { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>Rounds of waiting since a provider accepted.</summary>
    public int Waits { get; init; }

    /// <summary>Providers that will not take this build.</summary>
    public IReadOnlyList<string> Barred { get; init; } = [];
}
