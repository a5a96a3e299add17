namespace BuildFunctions.Cli.Broker;

/// <summary>How long a call that may be repeated is repeated while nothing answers.</summary>
internal sealed record Patience
{
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(150);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>For a broker that has not answered in this run: most likely there is none.</summary>
    public TimeSpan Stranger { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For one that has: most likely it is being restarted.</summary>
    public TimeSpan Acquainted { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For the answer to a call that carries little.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A stream that is silent for longer is opened again; the broker says at least a comment every 15 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(45);

    public TimeSpan Delay(int retry) => TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(retry, 10)));
}
