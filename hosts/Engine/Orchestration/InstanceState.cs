using System.Collections.Immutable;
using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask.Client;
using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>What the committed history of a live instance amounts to: all that is kept in memory while its orchestrator is not.</summary>
internal sealed class InstanceState(InstanceHead head)
{
    private readonly HashSet<string> _seen = [];

    public InstanceHead Head { get; private set; } = head;

    /// <summary>Asked for and not ended, in order.</summary>
    public ImmutableSortedDictionary<int, Opening> Open { get; private set; } = ImmutableSortedDictionary<int, Opening>.Empty;

    public DateTimeOffset LastTurn { get; private set; }

    public bool IsSuspended { get; private set; }

    /// <summary>Its version is for another process to run.</summary>
    public bool IsForeign { get; set; }

    public bool HasStarted { get; private set; }

    public int EventCount { get; private set; }

    public string? ParentName { get; private set; }

    /// <summary>Begins the first generation or its replacement; null once that is committed.</summary>
    public (StepKind Kind, ExecutionStarted Event)? Unsaved { get; private set; }

    public IReadOnlyList<string> Seen => [.. _seen];

    public static InstanceState New(InstanceHead head, StepKind kind, ExecutionStarted started) => new(head) { Unsaved = (kind, started) };

    /// <summary>Nothing is delivered to the code for now: suspended, not due to start yet, or not here.</summary>
    public bool IsHeld(DateTimeOffset now) => IsSuspended || IsForeign || IsEarly(now);

    public bool IsEarly(DateTimeOffset now) => !HasStarted && Head.ScheduledStart > now;

    public bool NeedsTurn(DateTimeOffset now) => !HasStarted && !IsHeld(now);

    /// <summary>False for what must not count twice, or no longer.</summary>
    public bool Takes(HistoryEvent message) => message switch
    {
        Closing closing => Open.ContainsKey(closing.Id),
        EventRaised { EventId: { } id } => !_seen.Contains(id),
        _ => true,
    };

    public void Apply(InstanceHead committed, IEnumerable<HistoryEvent> events)
    {
        if (committed.Generation != Head.Generation)
        {
            Open = Open.Clear();
            _seen.Clear();
            (HasStarted, IsSuspended, EventCount) = (false, false, 0);
        }

        (Head, Unsaved) = (committed, null);
        foreach (var happened in events)
        {
            Apply(happened);
        }
    }

    private void Apply(HistoryEvent happened)
    {
        EventCount++;
        switch (happened)
        {
            case ExecutionStarted started:
                ParentName = started.ParentName;
                _seen.UnionWith(started.Seen ?? []);
                break;
            case TurnStarted turn:
                (LastTurn, HasStarted) = (turn.At, true);
                break;
            case Opening opening:
                Open = Open.SetItem(opening.Id, opening);
                break;
            case Closing closing:
                Open = Open.Remove(closing.Id);
                break;
            case EventRaised { EventId: { } id }:
                _seen.Add(id);
                break;
            case Suspended or Resumed:
                IsSuspended = happened is Suspended;
                break;
        }
    }

    public OrchestrationRuntimeStatus LiveStatus(IEnumerable<HistoryEvent> added) =>
        added.LastOrDefault(happened => happened is Suspended or Resumed) switch
        {
            Suspended => OrchestrationRuntimeStatus.Suspended,
            null when IsSuspended => OrchestrationRuntimeStatus.Suspended,
            _ => HasStarted || added.Any(happened => happened is TurnStarted)
                ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Pending,
        };
}
