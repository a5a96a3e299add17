using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>
/// One orchestrator in memory, parked between turns. Fed its history it comes to the state it was in, and says so when the code asks for
/// anything else than the history has; fed new events it goes on.
/// </summary>
internal sealed class OrchestratorRun(
    InstanceHead head, Func<TaskOrchestrationContext, Task<object?>> body, DataConverter converter, ILoggerFactory loggers,
    Action trespassed)
{
    private readonly OrchestrationContext _context = new(head, converter, loggers, new TurnScheduler(trespassed));
    private readonly Queue<HistoryEvent> _backlog = new();
    private Task<object?>? _main;
    private bool _isSuspended;
    private Exception? _fault;

    public string? CustomStatus => _context.CustomStatus;

    public IReadOnlyList<EventRaised> EarlyEvents => [.. _context.Inbox.Early, .. _backlog.OfType<EventRaised>()];

    public IEnumerable<string> WaitedFor => _context.Inbox.WaitedFor;

    public void Replay(IEnumerable<HistoryEvent> history)
    {
        foreach (var past in history)
        {
            Feed(past, replaying: true);
        }

        Guarded(ExpectNothingMore);
    }

    public void Feed(HistoryEvent happened, bool replaying) => Guarded(() =>
    {
        switch (happened)
        {
            case ExecutionStarted started:
                _context.Begin(started);
                break;
            case TurnStarted turn:
                ExpectNothingMore();
                _context.BeginTurn(turn.At, replaying);
                if (_main is null)
                {
                    _context.Scheduler.Run(() => _main = StartAsync());
                }

                break;
            case Opening or TimerCancelled:
                Match(happened);
                break;
            case Suspended:
                _isSuspended = true;
                break;
            case Resumed:
                _isSuspended = false;
                while (_backlog.TryDequeue(out var kept))
                {
                    Deliver(kept);
                }

                break;
            case EventRaised or Closing when _isSuspended:
                _backlog.Enqueue(happened);
                break;
            default:
                Deliver(happened);
                break;
        }
    });

    /// <summary>What the code asked for since the last time.</summary>
    public IReadOnlyList<HistoryEvent> TakeActions()
    {
        IReadOnlyList<HistoryEvent> actions = [.. _context.Actions];
        _context.Actions.Clear();
        return actions;
    }

    /// <summary>Null while the orchestrator waits for something that can still come.</summary>
    public RunResult? Result()
    {
        if (_fault is null && _context.Scheduler.IsTrespassed)
        {
            _fault = new InvalidOperationException(TurnScheduler.InvalidInvocation);
        }

        if (_fault is not null)
        {
            return new RunResult(Failure: Failures.From(_fault) with { StackTrace = null });
        }

        if (_main is null || _isSuspended || _context.HasOpenTasks)
        {
            return null;
        }

        if (!_main.IsCompleted)
        {
            return _context.Inbox.HasWaiters ? null : new RunResult(Failure: Failures.From(
                new InvalidOperationException($"{TurnScheduler.InvalidInvocation} It waits for nothing that its history could complete.")));
        }

        if (_main.IsFaulted || _main.IsCanceled)
        {
            return new RunResult(Failure: Failures.From(_main.Exception?.InnerException ?? new TaskCanceledException(_main)));
        }

        return _context.Successor is { } successor ? new RunResult(Successor: successor) : Returned(_main.Result);
    }

    private RunResult Returned(object? output)
    {
        try
        {
            return new RunResult(Output: converter.Serialize(output));
        }
        catch (Exception unwritable) when (unwritable is System.Text.Json.JsonException or NotSupportedException)
        {
            return new RunResult(Failure: Failures.From(unwritable));
        }
    }

    private async Task<object?> StartAsync() => await body(_context);

    private void Deliver(HistoryEvent happened) => _context.Scheduler.Run(() =>
    {
        switch (happened)
        {
            case Closing closing:
                _context.Close(closing);
                break;
            case EventRaised raised:
                _context.Inbox.Deliver(raised);
                break;
        }
    });

    private void Match(HistoryEvent recorded)
    {
        if (!_context.Actions.TryDequeue(out var wanted) || !Same(recorded, wanted))
        {
            throw new NonDeterministicException(Number(recorded), recorded, wanted);
        }
    }

    private void ExpectNothingMore()
    {
        if (_context.Actions.TryPeek(out var wanted))
        {
            throw new NonDeterministicException(Number(wanted), null, wanted);
        }
    }

    private void Guarded(Action feed)
    {
        try
        {
            if (_fault is null)
            {
                feed();
            }
        }
        catch (Exception fault)
        {
            // Non-determinism, or an exception of code that nobody awaits (async void).
            _fault = fault;
        }
    }

    private static int Number(HistoryEvent action) => action is Opening opening ? opening.Id : ((Closing)action).Id;

    private static bool Same(HistoryEvent recorded, HistoryEvent wanted) => Number(recorded) == Number(wanted) && (recorded, wanted) switch
    {
        (ActivityScheduled a, ActivityScheduled b) => Same(a.Name, b.Name),
        (ChildScheduled a, ChildScheduled b) => Same(a.Name, b.Name),
        (EventSent a, EventSent b) => Same(a.Name, b.Name),
        _ => recorded.GetType() == wanted.GetType(),
    };

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
