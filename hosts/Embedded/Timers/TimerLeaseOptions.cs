namespace BuildFunctions.Embedded.Timers;

/// <summary>How hosts share the timers: one holds the lease, the others ask for it again and again.</summary>
internal sealed record TimerLeaseOptions
{
    /// <summary>15 to 60 seconds: how long after a crash the timers stand still.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan AskEvery { get; init; } = TimeSpan.FromSeconds(5);
}
