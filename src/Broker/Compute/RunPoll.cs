namespace BuildFunctions.Broker.Compute;

/// <summary>One answer of <see cref="IBuildProvider.PollAsync"/>.</summary>
public sealed record RunPoll
{
    public required RunStatus Status { get; init; }

    /// <summary>The log from the asked cursor on; at most some hundred kilobytes.</summary>
    public ReadOnlyMemory<byte> Log { get; init; }

    /// <summary>The steps that start inside <see cref="Log"/>.</summary>
    public IReadOnlyList<LogStep> Steps { get; init; } = [];

    /// <summary>Where to go on.</summary>
    public required LogCursor Next { get; init; }

    /// <summary>More of the log is there already. The log is complete when the state is final and this is false.</summary>
    public bool More { get; init; }
}
