using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>An accepted build, with the settings of the moment it was accepted; stored with its record.</summary>
public sealed record BuildOrder
{
    public required BuildId Id { get; init; }

    public required AppName App { get; init; }

    public required BuildRequest Request { get; init; }

    public required IReadOnlyList<string> Providers { get; init; }

    public required BuildDeadlines Deadlines { get; init; }

    /// <summary>The most attempts, over all providers.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The source, where it is stored already: a retry of an earlier build.</summary>
    public ReceivedSource? Source { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The build that this one repeats.</summary>
    public BuildId? RetryOf { get; init; }

    /// <summary>Which older builds this one ends.</summary>
    public Supersede Supersede { get; init; }
}
