namespace BuildFunctions.Chaos.Builds;

internal sealed record CampaignOptions
{
    public required int Seed { get; init; }

    public int Kills { get; init; } = 20;

    /// <summary>Hosts on one storage, which share the load.</summary>
    public int Hosts { get; init; } = 1;

    /// <summary>Milliseconds from ready to killed.</summary>
    public (int Least, int Most) Life { get; init; } = (500, 4000);

    public int Customers { get; init; } = 10;

    public int Apps { get; init; } = 4;

    /// <summary>Whether the broker is set to forget builds while the campaign goes on: then each is checked as soon as it has ended.</summary>
    public bool Forgets { get; init; }

    /// <summary>How many builds ago a source was new at most when it is built again.</summary>
    public int Recent { get; init; } = int.MaxValue;

    /// <summary>Settings of the broker.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>An end to the load, whatever happens to the kills.</summary>
    public int MostBuilds => 50 + (20 * Kills);
}
