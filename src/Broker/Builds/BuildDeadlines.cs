namespace BuildFunctions.Broker.Builds;

/// <summary>How long each phase may take; waiting in the queue has a limit of its own and does not count as run time.</summary>
public sealed record BuildDeadlines
{
    public TimeSpan Source { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan Queue { get; init; } = TimeSpan.FromHours(6);

    public TimeSpan Run { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>From a polite cancel to a forced one.</summary>
    public TimeSpan Cancel { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From a polite cancel to the end of the wait for a provider that never says that the run has stopped.</summary>
    public TimeSpan CancelConfirmed { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Between two tries while no provider takes the build; it grows to two minutes.</summary>
    public TimeSpan ProviderRetry { get; init; } = TimeSpan.FromSeconds(30);
}
