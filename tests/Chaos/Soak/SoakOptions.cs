namespace BuildFunctions.Chaos.Soak;

internal sealed record SoakOptions
{
    public required int Seed { get; init; }

    public int Minutes { get; init; } = 10;

    /// <summary>Seconds between two kills; none when both are 0.</summary>
    public (int Least, int Most) Every { get; init; } = (5, 40);

    /// <summary>Builds a minute.</summary>
    public int Rate { get; init; } = 30;

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
