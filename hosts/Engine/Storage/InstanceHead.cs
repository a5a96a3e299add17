using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Storage;

/// <summary>The status row of an instance: everything but its events. Texts are inline or a reference, see <see cref="PayloadText"/>.</summary>
internal sealed record InstanceHead
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required int Generation { get; init; }

    /// <summary>Number of the last commit of this generation, from 1.</summary>
    public required int Sequence { get; init; }
    public required OrchestrationRuntimeStatus Status { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public DateTimeOffset? ScheduledStart { get; init; }
    public string? ExecutionId { get; init; }
    public string? Version { get; init; }
    public string? Tags { get; init; }
    public string? CustomStatus { get; init; }
    public string? Input { get; init; }
    public string? Output { get; init; }
    public string? Failure { get; init; }
    public string? ParentId { get; init; }
    public int ParentGeneration { get; init; }
    public int ParentTaskId { get; init; }

    /// <summary>JSON map of task id ("turn" for the orchestrator itself) to the number of processes that died while it ran.</summary>
    public string? Crashes { get; init; }

    public bool IsTerminal =>
        Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
