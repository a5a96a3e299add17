using System.Diagnostics.CodeAnalysis;
using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>The context of one execution: what the code asks for becomes an action in order, what happened completes the matching task.</summary>
internal sealed class OrchestrationContext(InstanceHead head, DataConverter converter, ILoggerFactory loggers, TurnScheduler scheduler)
    : TaskOrchestrationContext
{
    public const int LongestCustomStatus = 8 * 1024;

    private readonly Dictionary<int, (string Name, TaskCompletionSource<string?> Task)> _open = [];
    private readonly string? _input = head.Input;
    private ParentOrchestrationInstance? _parent;
    private DateTime _now;
    private bool _isReplaying;
    private int _nextTask;
    private int _nextGuid;

    public TurnScheduler Scheduler { get; } = scheduler;

    public EventInbox Inbox { get; } = new();

    /// <summary>Asked for and not yet in the history.</summary>
    public Queue<HistoryEvent> Actions { get; } = new();

    public ContinueAsNewOptions? Successor { get; private set; }

    public string? CustomStatus { get; private set; }

    public bool HasOpenTasks => _open.Count > 0;

    public override TaskName Name => head.Name;

    public override string InstanceId => head.Id;

    public override string Version => head.Version ?? "";

    public override ParentOrchestrationInstance? Parent => _parent;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _isReplaying;

    protected override ILoggerFactory LoggerFactory => loggers;

    public void Begin(ExecutionStarted started) =>
        _parent = started.ParentName is { } name ? new ParentOrchestrationInstance(name, head.ParentId!) : null;

    public void BeginTurn(DateTimeOffset now, bool replaying) => (_now, _isReplaying) = (now.UtcDateTime, replaying);

    public void Close(Closing closing)
    {
        if (!_open.Remove(closing.Id, out var pending))
        {
            return;
        }

        if (closing is TaskFailed failed)
        {
            pending.Task.TrySetException(Failures.Thrown(pending.Name, failed));
        }
        else
        {
            pending.Task.TrySetResult(closing.Payload);
        }
    }

    public override T? GetInput<T>() where T : default => (T?)GetInput(typeof(T));

    public object? GetInput(Type type) => converter.Deserialize(_input, type) ?? (type.IsValueType ? Activator.CreateInstance(type) : null);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        RefuseOptionsAsInput(input, options);
        var text = converter.Serialize(input);
        var version = options?.Version?.Version ?? Version;
        return await ReadAsync<TResult>(RetriedCall.RunAsync(
            this, options?.Retry, () => Open(name, id => new ActivityScheduled(id, name, version, text))));
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        RefuseOptionsAsInput(input, options);
        var text = converter.Serialize(input);
        var child = options as SubOrchestrationOptions;
        var version = child?.Version?.Version ?? options?.Version?.Version;
        var id = child?.InstanceId ?? NewGuid().ToString("N");
        return await ReadAsync<TResult>(RetriedCall.RunAsync(
            this, options?.Retry, () => Open(orchestratorName, task => new ChildScheduled(task, id, orchestratorName, version, text))));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        var utc = fireAt.Kind is DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc);
        var fired = Open("timer", id => new TimerScheduled(id, utc));
        var timer = _nextTask - 1;
        cancellationToken.Register(() =>
        {
            if (_open.Remove(timer, out var pending))
            {
                Scheduler.Verify();
                Actions.Enqueue(new TimerCancelled(timer));
                pending.Task.TrySetCanceled(cancellationToken);
            }
        });
        return fired;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        Scheduler.Verify();
        return ReadAsync<T>(Inbox.WaitAsync(eventName, typeof(T), cancellationToken));
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var text = converter.Serialize(payload);
        _ = Open(eventName, id => new EventSent(id, instanceId, eventName, text));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        var text = converter.Serialize(customStatus);
        CustomStatus = text is null || text.Length <= LongestCustomStatus
            ? text
            : throw new ArgumentException($"A custom status has at most {LongestCustomStatus} UTF-16 units; this one has {text.Length}.", nameof(customStatus));
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options) => Successor = options;

    public override Guid NewGuid() => DeterministicGuid.Create(InstanceId, _now, _nextGuid++);

    private Task<string?> Open(string name, Func<int, Opening> action)
    {
        Scheduler.Verify();
        var id = _nextTask++;
        var pending = new TaskCompletionSource<string?>();
        _open.Add(id, (name, pending));
        Actions.Enqueue(action(id));
        return pending.Task;
    }

    private async Task<T> ReadAsync<T>(Task<string?> text) => (T)(converter.Deserialize(await text, typeof(T)) ?? default(T)!);

    [SuppressMessage("Usage", "CA2208", Justification = "Names the parameter of the public method.")]
    private static void RefuseOptionsAsInput(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException("The options were passed as the input; name the parameter: options:.", nameof(input));
        }
    }
}
