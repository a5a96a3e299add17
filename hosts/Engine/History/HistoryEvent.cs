using System.Text.Json.Serialization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.History;

/// <summary>The closed set of things that happen to an instance. Fields are only ever added; what the head row holds is not repeated here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "t")]
[JsonDerivedType(typeof(ExecutionStarted), "start")]
[JsonDerivedType(typeof(TurnStarted), "turn")]
[JsonDerivedType(typeof(ActivityScheduled), "call")]
[JsonDerivedType(typeof(ChildScheduled), "child")]
[JsonDerivedType(typeof(TimerScheduled), "timer")]
[JsonDerivedType(typeof(TimerCancelled), "untimer")]
[JsonDerivedType(typeof(EventSent), "send")]
[JsonDerivedType(typeof(TaskCompleted), "done")]
[JsonDerivedType(typeof(TaskFailed), "failed")]
[JsonDerivedType(typeof(EventRaised), "event")]
[JsonDerivedType(typeof(Suspended), "suspend")]
[JsonDerivedType(typeof(Resumed), "resume")]
[JsonDerivedType(typeof(Terminated), "terminate")]
[JsonDerivedType(typeof(Ended), "end")]
[JsonDerivedType(typeof(Spilled), "spill")]
internal abstract record HistoryEvent
{
    private HistoryEvent(string? payload = null) => Payload = payload;

    /// <summary>A text of any length, which storage may keep elsewhere.</summary>
    public string? Payload { get; init; }

    /// <summary>Begins a generation. <paramref name="Seen"/>: ids of events the generation before took in, so that a repeated delivery is known.</summary>
    public sealed record ExecutionStarted(DateTimeOffset At, string? ParentName = null, IReadOnlyList<string>? Seen = null) : HistoryEvent;

    /// <summary>Begins a turn: what was delivered follows, then what the orchestrator asked for.</summary>
    public sealed record TurnStarted(DateTimeOffset At) : HistoryEvent;

    /// <summary>Something the orchestrator asked for, numbered in the order of asking; open until a <see cref="Closing"/> with its number.</summary>
    public abstract record Opening(int Id, string? Payload = null) : HistoryEvent(Payload);

    public sealed record ActivityScheduled(int Id, string Name, string? Version, string? Payload) : Opening(Id, Payload);

    public sealed record ChildScheduled(int Id, string InstanceId, string Name, string? Version, string? Payload) : Opening(Id, Payload);

    public sealed record TimerScheduled(int Id, DateTimeOffset FireAt) : Opening(Id);

    /// <summary>Open until the target has it for good.</summary>
    public sealed record EventSent(int Id, string InstanceId, string Name, string? Payload) : Opening(Id, Payload);

    public abstract record Closing(int Id, string? Payload = null) : HistoryEvent(Payload);

    public sealed record TimerCancelled(int Id) : Closing(Id);

    /// <summary>An activity or child returned, a timer fired, a sent event arrived.</summary>
    public sealed record TaskCompleted(int Id, string? Payload = null) : Closing(Id, Payload);

    public sealed record TaskFailed(int Id, TaskFailureDetails Failure, bool IsNonRetriable = false) : Closing(Id);

    public sealed record EventRaised(string Name, string? Payload, string? EventId = null) : HistoryEvent(Payload);

    public sealed record Suspended(string? Reason) : HistoryEvent;

    public sealed record Resumed(string? Reason) : HistoryEvent;

    public sealed record Terminated(string? Payload, bool Recursive) : HistoryEvent(Payload);

    public sealed record Ended(OrchestrationRuntimeStatus Status) : HistoryEvent;

    /// <summary>Stands for a commit's events where they were too long for a row.</summary>
    public sealed record Spilled(string Reference) : HistoryEvent;

    /// <summary>How the event reads in an error or on the timeline.</summary>
    public string Describe() => this switch
    {
        ActivityScheduled call => $"activity '{call.Name}' (#{call.Id})",
        ChildScheduled child => $"sub-orchestration '{child.Name}' (#{child.Id})",
        TimerScheduled timer => $"timer (#{timer.Id})",
        TimerCancelled timer => $"cancellation of timer (#{timer.Id})",
        EventSent sent => $"event '{sent.Name}' to '{sent.InstanceId}' (#{sent.Id})",
        TaskCompleted done => $"#{done.Id} completed",
        TaskFailed failed => $"#{failed.Id} failed: {failed.Failure}",
        EventRaised raised => $"event '{raised.Name}' received",
        Suspended suspended => $"suspended {suspended.Reason}",
        Resumed resumed => $"resumed {resumed.Reason}",
        Ended ended => $"ended {ended.Status}",
        _ => GetType().Name,
    };
}
