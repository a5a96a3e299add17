namespace BuildFunctions.Contracts.Builds;

/// <summary>One try at running the build on one provider.</summary>
public sealed record BuildAttempt
{
    public required int Number { get; init; }

    public required string Provider { get; init; }

    public required string Outcome { get; init; }

    /// <summary>The id of the run at the provider, for looking it up there.</summary>
    public string? RunId { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
