namespace BuildFunctions.Broker.Compute;

/// <summary>What a provider says about a run.</summary>
public sealed record RunStatus
{
    public required RunState State { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>The step that runs, or that the run ended in.</summary>
    public string? Step { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The folder that was taken instead of the output that was a guess.</summary>
    public string? Output { get; init; }

    /// <summary>Why it ended as it did, in words.</summary>
    public string? Reason { get; init; }

    public bool IsFinal => State is not (RunState.Queued or RunState.Running);
}
