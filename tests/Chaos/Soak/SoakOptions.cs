namespace BuildFunctions.Chaos.Soak;

internal sealed record SoakOptions
{
    public required int Seed { get; init; }

    public int Minutes { get; init; } = 10;

    /// <summary>Hosts on one storage, which share the load.</summary>
    public int Hosts { get; init; } = 1;

    /// <summary>Seconds between two kills; none when both are 0.</summary>
    public (int Least, int Most) Every { get; init; } = (5, 40);

    /// <summary>Builds a minute.</summary>
    public int Rate { get; init; } = 30;

    /// <summary>Seconds between two runs of the broker's retention; its own timer comes once an hour.</summary>
    public (int Least, int Most) Sweeps { get; } = (30, 60);

    /// <summary>Settings of the broker, before those that a soak has by itself.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>What nothing needs is kept for minutes, so that the first builds are gone long before the end.</summary>
    public static IReadOnlyDictionary<string, string> Short { get; } = new Dictionary<string, string>
    {
        ["Retention__Builds"] = "00:04:00",
        ["Retention__Histories"] = "00:03:00",
        ["Retention__Keys"] = "00:03:00",
        ["Retention__Sources"] = "00:04:00",
        ["Retention__Deployments"] = "00:04:00",
        ["Retention__Audit"] = "00:04:00",
        ["Retention__Deliveries"] = "00:04:00",
        ["Retention__Grace"] = "00:01:00",
        ["Deployments__PreviewLifetime"] = "00:04:00",
        ["Cache__MaxAge"] = "00:06:00",
    };

    /// <summary>Until the first builds with all that is theirs have gone, storage only fills up.</summary>
    public double FillingMinutes => Math.Min(10, Minutes / 3.0);

    /// <summary>How many builds back the source of another one is still in the cache: three minutes.</summary>
    public int Recent => 3 * Rate;
}
