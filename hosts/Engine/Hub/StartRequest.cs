using BuildFunctions.Engine.Storage;

namespace BuildFunctions.Engine.Hub;

/// <summary>A new instance. Live instances of the id always refuse it; <paramref name="Refuses"/> says which ended ones do too.</summary>
internal sealed record StartRequest(string Id, string Name, string? Input, Func<InstanceHead, bool> Refuses)
{
    /// <summary>The id was made for this request: nothing can have it.</summary>
    public bool IsFresh { get; init; }
    public string? Version { get; init; }
    public string? Tags { get; init; }
    public DateTimeOffset? StartAt { get; init; }
    public ParentCall? Parent { get; init; }

    internal sealed record ParentCall(string Id, int Generation, int TaskId, string Name)
    {
        public bool Made(InstanceHead head) =>
            head.ParentId == Id && head.ParentGeneration == Generation && head.ParentTaskId == TaskId;
    }
}
