using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>What an app serves: all that a request has to know, in one read.</summary>
public sealed record LivePointer
{
    public const int MaxPrevious = 10;

    public required AppName App { get; init; }

    public required DeploymentId Deployment { get; init; }

    public required string Release { get; init; }

    public bool SinglePage { get; init; }

    public required DeploySequence Sequence { get; init; }

    public BuildId? Build { get; init; }

    /// <summary>Where its source comes from, as whoever sent it said.</summary>
    public string? Origin { get; init; }

    /// <summary>What a rollback goes back to, the nearest first.</summary>
    public IReadOnlyList<DeploymentId> Previous { get; init; } = [];

    public required DateTimeOffset SwitchedAt { get; init; }

    /// <summary>How this row was when it was read; empty before it is written.</summary>
    internal string Version { get; init; } = "";
}
