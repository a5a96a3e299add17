using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>Decides one step of one instance from its state, its parked orchestrator, what has arrived and the time. Does nothing else.</summary>
internal static class InstanceMachine
{
    public static bool NeedsRun(InstanceState state, IReadOnlyList<HistoryEvent> messages, DateTimeOffset now) =>
        messages is not [Terminated]
        && (!state.IsHeld(now) || (!state.IsForeign && !state.IsEarly(now) && messages.Any(message => message is Resumed)));

    /// <summary>Null when nothing that arrived changes anything. <paramref name="run"/> is there when <see cref="NeedsRun"/> says so, and when it is parked: it is told of everything.</summary>
    public static StepDraft? Take(
        InstanceState state, OrchestratorRun? run, IReadOnlyList<HistoryEvent> messages, DateTimeOffset wall, DataConverter converter, int maximumEvents)
    {
        var now = wall > state.LastTurn ? wall : state.LastTurn;
        if (messages is [Terminated terminated])
        {
            return End(state, [terminated], OrchestrationRuntimeStatus.Terminated, now, 1, output: terminated.Payload);
        }

        var events = new List<HistoryEvent>();
        var (consumed, news) = (0, false);
        if (state.Unsaved is { } unsaved)
        {
            Add(unsaved.Event);
        }

        if (NeedsRun(state, messages, now))
        {
            Add(new TurnStarted(now));
        }

        var closed = new HashSet<int>();
        while (consumed < messages.Count && run?.Result() is null)
        {
            var message = messages[consumed++];
            if (state.Takes(message) && (message is not Closing closing || closed.Add(closing.Id)))
            {
                Add(message);
                news = true;
            }
        }

        var result = run?.Result();
        if (!news && result is null && state.Unsaved is null && !state.NeedsTurn(now))
        {
            return null;
        }

        if (result?.Successor is { } successor)
        {
            return Continue(state, run!, successor, now, consumed, converter);
        }

        if (result?.Failure is null)
        {
            events.AddRange(run?.TakeActions() ?? []);
        }

        if (state.EventCount + events.Count > maximumEvents)
        {
            result = new RunResult(Failure: Failures.Of(
                "HistoryTooLong", $"The history would pass {maximumEvents} events. Use ContinueAsNew to start over with a short one."));
        }

        return result switch
        {
            null => new StepDraft(
                state.Unsaved?.Kind ?? StepKind.Turn, Next(state, run, now, events) with { Status = state.LiveStatus(events) }, events, consumed),
            { Failure: { } failure } => Fail(state, failure, now, events, consumed, run),
            _ => End(state, events, OrchestrationRuntimeStatus.Completed, now, consumed, run, result.Output),
        };

        void Add(HistoryEvent happened)
        {
            events.Add(happened);
            run?.Feed(happened, replaying: false);
        }
    }

    public static StepDraft Fail(
        InstanceState state, TaskFailureDetails failure, DateTimeOffset now,
        IReadOnlyList<HistoryEvent>? events = null, int consumed = 0, OrchestratorRun? run = null) => End(
            state, events ?? (state.Unsaved is { } unsaved ? [unsaved.Event] : []), OrchestrationRuntimeStatus.Failed, now,
            consumed, run, failure.ErrorMessage, failure);

    private static StepDraft End(
        InstanceState state, IReadOnlyList<HistoryEvent> events, OrchestrationRuntimeStatus status, DateTimeOffset now,
        int consumed, OrchestratorRun? run = null, string? output = null, TaskFailureDetails? failure = null) => new(
            state.Unsaved?.Kind ?? StepKind.Complete,
            Next(state, run, now, events) with { Status = status, CompletedAt = now, Output = output, Failure = HistoryJson.Write(failure) },
            [.. events, new Ended(status)],
            consumed);

    private static StepDraft Continue(
        InstanceState state, OrchestratorRun run, ContinueAsNewOptions successor, DateTimeOffset now, int consumed, DataConverter converter)
    {
        IReadOnlyList<HistoryEvent> kept = successor.PreserveUnprocessedEvents ? run.EarlyEvents : [];
        return new StepDraft(
            state.Unsaved?.Kind ?? StepKind.Continue,
            Next(state, run, now, []) with
            {
                Generation = state.Head.Generation + (state.Unsaved is null ? 1 : 0),
                Sequence = 1,
                Status = OrchestrationRuntimeStatus.Running,
                Input = converter.Serialize(successor.NewInput),
                Version = successor.NewVersion ?? state.Head.Version,
                ScheduledStart = null,
            },
            [new ExecutionStarted(now, state.ParentName ?? state.Unsaved?.Event.ParentName, state.Seen), .. kept],
            consumed);
    }

    private static InstanceHead Next(InstanceState state, OrchestratorRun? run, DateTimeOffset now, IEnumerable<HistoryEvent> events) => state.Head with
    {
        Sequence = state.Unsaved is null ? state.Head.Sequence + 1 : 1,
        UpdatedAt = now,
        CustomStatus = run is null ? state.Head.CustomStatus : run.CustomStatus,
        Crashes = CrashCount.After(state.Head.Crashes, events),
    };
}
