namespace BuildFunctions.Contracts.Builds;

/// <summary>One thing that happened to a build: a phase, an attempt or a decision with its reason.</summary>
public sealed record TimelineEntry
{
    public required DateTimeOffset At { get; init; }

    public required string Event { get; init; }

    public string? Detail { get; init; }

    public int? Attempt { get; init; }

    /// <summary>Seconds that what began here took: until the next entry. The last has none.</summary>
    public double? Duration { get; init; }
}
