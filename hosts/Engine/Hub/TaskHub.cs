using System.Collections.Concurrent;
using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Orchestration;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Engine.Hub;

/// <summary>The live instances of a hub that this process owns: takes starts and messages, and answers when they are durable.</summary>
internal sealed class TaskHub : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LiveInstance> _live = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _log;
    private readonly Stepper _stepper;
    private readonly Recovery _recovery;
    private Task? _closed;

    public TaskHub(HubEnvironment environment)
    {
        Environment = environment;
        Payloads = new PayloadCodec(environment.Store);
        Timers = new TimerQueue(environment.Time);
        _log = environment.Loggers.CreateLogger<TaskHub>();
        var effects = new Effects(this);
        Activities = new ActivityPool(environment.Options.MaximumConcurrentActivities, effects.RunActivityAsync, Run);
        _stepper = new Stepper(this, effects);
        _recovery = new Recovery(this, _stepper, effects);
    }

    public HubEnvironment Environment { get; }

    public PayloadCodec Payloads { get; }

    public TimerQueue Timers { get; }

    public ActivityPool Activities { get; }

    public InstanceWatch Watch { get; } = new();

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes when this process can dispatch no longer.</summary>
    public Task<Exception> Failed => _failed.Task;

    public ICollection<LiveInstance> Live => _live.Values;

    /// <summary>Takes the hub over and goes on with everything that is live in it.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        await Environment.Ownership.AcquireAsync(cancellation);
        Run(async () =>
        {
            await Environment.Ownership.Lost;
            Fail(new FencedException("Ownership of the task hub was lost."));
        });
        await _recovery.RunAsync(cancellation);
        _ready.TrySetResult();
    }

    public LiveInstance? Find(string id) => _live.GetValueOrDefault(id);

    public void Adopt(LiveInstance instance) => _live[instance.Id] = instance;

    public void Remove(LiveInstance instance) => _live.TryRemove(KeyValuePair.Create(instance.Id, instance));

    /// <summary>It lives no longer, or never did: whoever has told it something hears so.</summary>
    public void Withdraw(LiveInstance instance)
    {
        Remove(instance);
        instance.Retire().ToList().ForEach(late => late.Receipt?.TrySetResult(Delivery.Ended));
    }

    public bool Post(LiveInstance instance, Message message)
    {
        if (!instance.TryPost(message, out var mustWork))
        {
            message.Receipt?.TrySetResult(Delivery.Ended);
            return false;
        }

        if (mustWork)
        {
            Run(() => _stepper.WorkAsync(instance));
        }

        return true;
    }

    /// <summary>Work of the engine itself: it may not fail quietly.</summary>
    public void Run(Func<Task> work) => _ = Environment.Begin(async () =>
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Unfinished work is in the history, and goes on at the next start.
        }
        catch (Exception fatal)
        {
            Fail(fatal);
        }
    });

    /// <summary>True with the new head, false with that of the instance which has the id.</summary>
    public async Task<(bool IsNew, InstanceHead Head)> StartAsync(StartRequest request, CancellationToken cancellation)
    {
        await WhenReadyAsync(cancellation);
        while (true)
        {
            var instance = new LiveInstance(request.Id);
            if (!_live.TryAdd(request.Id, instance))
            {
                if (_live.TryGetValue(request.Id, out var other))
                {
                    await AnswerAsync(other.Started.Task, cancellation);
                    if (other.State is { Head: { IsTerminal: false } head })
                    {
                        return (false, head);
                    }
                }

                continue;
            }

            try
            {
                var old = request.IsFresh ? null : await Environment.Store.ReadEndedAsync(request.Id, cancellation);
                if (old is not null && request.Refuses(old))
                {
                    instance.Started.TrySetResult(old);
                    Withdraw(instance);
                    return (false, old);
                }

                instance.State = NewState(request, old);
                Post(instance, new Message(null));
            }
            catch (Exception unread)
            {
                Withdraw(instance);
                instance.Started.TrySetException(unread);
                throw;
            }

            return (true, await AnswerAsync(instance.Started.Task, cancellation));
        }
    }

    /// <summary>Answers when the event is durable, or why it cannot be.</summary>
    public async Task<Delivery> DeliverAsync(string id, HistoryEvent happened, CancellationToken cancellation)
    {
        await WhenReadyAsync(cancellation);
        if (_live.TryGetValue(id, out var instance))
        {
            var receipt = new TaskCompletionSource<Delivery>(TaskCreationOptions.RunContinuationsAsynchronously);
            Post(instance, new Message(happened, Receipt: receipt));
            return await AnswerAsync(receipt.Task, cancellation);
        }

        return await ReadAsync(id, cancellation) is null ? Delivery.Unknown : Delivery.Ended;
    }

    public async Task<InstanceHead?> ReadAsync(string id, CancellationToken cancellation) =>
        _live.TryGetValue(id, out var instance) && instance.State is { Unsaved: null } state
            ? state.Head
            : (await Environment.Store.ReadAsync(id, false, cancellation))?.Head;

    public Task<InstanceHead> WaitAsync(string id, Func<InstanceHead, bool> until, CancellationToken cancellation) =>
        AnswerAsync(Watch.WaitAsync(id, until, () => ReadAsync(id, cancellation), cancellation), cancellation);

    public async Task WhenReadyAsync(CancellationToken cancellation)
    {
        _stopping.Token.ThrowIfCancellationRequested();
        try
        {
            await _ready.Task.WaitAsync(Environment.Options.OwnershipWait, Environment.Time, cancellation);
        }
        catch (TimeoutException notOwner)
        {
            throw new HubUnavailableException("Another process dispatches this task hub; this one stands by.", notOwner);
        }
    }

    public void Fail(Exception exception)
    {
        if (_failed.TrySetResult(exception))
        {
            _log.LogCritical(exception, "The task hub stops: what is unfinished goes on at the next start.");
            _stopping.Cancel();
        }
    }

    /// <summary>Stops taking turns, lets running activities end for a while, and hands the hub over.</summary>
    public Task CloseAsync() => _closed ??= StopAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _stopping.Dispose();
    }

    private async Task StopAsync()
    {
        _stopping.Cancel();
        Timers.Dispose();
        try
        {
            await Activities.DrainedAsync().WaitAsync(Environment.Options.ShutdownGrace, Environment.Time);
        }
        catch (TimeoutException)
        {
            _log.LogWarning("Activities ignore their cancellation; they run again at the next start.");
        }

        await _stepper.DrainedAsync();
        if (!_failed.Task.IsCompleted)
        {
            await Environment.Ownership.ReleaseAsync();
        }
    }

    /// <summary>Not by WaitAsync, which would go on outside the context that <see cref="HubEnvironment.Begin"/> gives.</summary>
    private async Task<T> AnswerAsync<T>(Task<T> answer, CancellationToken cancellation)
    {
        var either = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var given = cancellation.Register(() => either.TrySetCanceled(cancellation));
        await using var stopped = _stopping.Token.Register(() => either.TrySetException(new HubUnavailableException(
            "This process stops. Whether the request took effect is not known; repeat it with the same id.")));
        _ = CopyAsync();
        return await either.Task;

        async Task CopyAsync()
        {
            try
            {
                either.TrySetResult(await answer);
            }
            catch (Exception failure)
            {
                either.TrySetException(failure);
            }
        }
    }

    private InstanceState NewState(StartRequest request, InstanceHead? old)
    {
        var now = Environment.Time.GetUtcNow();
        var later = request.StartAt > now ? request.StartAt : null;
        var head = new InstanceHead
        {
            Id = request.Id,
            Name = request.Name,
            Generation = (old?.Generation ?? 0) + 1,
            Sequence = 0,
            Status = later is null ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Pending,
            CreatedAt = now,
            UpdatedAt = now,
            ScheduledStart = later,
            ExecutionId = Environment.NewId().ToString("N"),
            Version = request.Version ?? Environment.Versioning.DefaultVersion,
            Tags = request.Tags,
            Input = request.Input,
            ParentId = request.Parent?.Id,
            ParentGeneration = request.Parent?.Generation ?? 0,
            ParentTaskId = request.Parent?.TaskId ?? 0,
        };
        return InstanceState.New(
            head, old is null ? StepKind.Start : StepKind.Restart, new HistoryEvent.ExecutionStarted(now, request.Parent?.Name));
    }
}
