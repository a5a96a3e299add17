using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Orchestration;
using BuildFunctions.Engine.Storage;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Engine.Hub;

/// <summary>Works off one mailbox at a time for each instance: decide, commit, and only then acknowledge and act.</summary>
internal sealed class Stepper(TaskHub hub, Effects effects)
{
    private const int BlockedSlices = 5;
    private const int LongHistory = 10_000;

    private readonly HubEnvironment _environment = hub.Environment;
    private readonly SemaphoreSlim _turns = new(hub.Environment.Options.MaximumConcurrentTurns);
    private readonly RunCache _cache = new(hub.Environment.Options.CachedOrchestrators);
    private readonly ILogger _log = hub.Environment.Loggers.CreateLogger<Stepper>();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _working;

    public async Task WorkAsync(LiveInstance instance)
    {
        Interlocked.Increment(ref _working);
        try
        {
            while (!hub.Stopping.IsCancellationRequested && instance.NextBatch() is { } batch)
            {
                await StepAsync(instance, batch);
            }
        }
        finally
        {
            if (Interlocked.Decrement(ref _working) == 0 && hub.Stopping.IsCancellationRequested)
            {
                _idle.TrySetResult();
            }
        }
    }

    /// <summary>After the stop: no commit is under way any more.</summary>
    public Task DrainedAsync() => Volatile.Read(ref _working) == 0 ? Task.CompletedTask : _idle.Task;

    public async Task CommitAsync(LiveInstance instance, StepDraft draft)
    {
        var state = instance.State;
        var (step, stored) = await hub.Payloads.WriteAsync(draft, state.Unsaved is null ? state.Head : null);
        await _environment.Store.CommitAsync(step, CancellationToken.None);
        if (step.Head.IsTerminal)
        {
            hub.Remove(instance);
        }

        if (step.Head.IsTerminal || instance.Run?.Result() is not null)
        {
            instance.Run = null;
        }

        var before = step.Head.Generation == state.Head.Generation ? state.EventCount : 0;
        state.Apply(step.Head, stored);
        if (before < LongHistory && state.EventCount >= LongHistory)
        {
            _log.LogWarning(
                "The history of {InstanceId} has {Count} events, and fails past {Most}. Use ContinueAsNew.", instance.Id, state.EventCount, _environment.Options.MaximumHistory);
        }
    }

    private async Task StepAsync(LiveInstance instance, IReadOnlyList<Message> batch)
    {
        var state = instance.State;
        IReadOnlyList<Message> messages =
            [.. batch.Where(message => message.Event is not null && (message.Generation == 0 || message.Generation == state.Head.Generation))];
        var isNew = state.Unsaved is not null;
        state.IsForeign = _environment.Versioning.Rejects(state.Head.Version);
        if (state is { IsForeign: true, HasStarted: true } && messages is not [{ Event: HistoryEvent.Terminated }])
        {
            // What has no receipt follows from the history wherever the instance goes on.
            var elsewhere = new HubUnavailableException($"No process runs version '{state.Head.Version}' of instance '{instance.Id}' now.");
            messages.ToList().ForEach(message => message.Receipt?.TrySetException(elsewhere));
            return;
        }

        var draft = await DecideAsync(instance, [.. messages.Select(message => message.Event!)]);
        try
        {
            if (draft is not null)
            {
                await CommitAsync(instance, draft);
            }
        }
        catch (CommitRejectedException refused)
        {
            _log.LogError(refused, "Storage refused a step of {InstanceId}.", instance.Id);
            instance.Run = null;
            if (isNew)
            {
                instance.PutBack(messages);
                hub.Withdraw(instance);
                instance.Started.TrySetException(refused);
                return;
            }

            draft = InstanceMachine.Fail(state, Failures.Of("StepRefused", refused.Message), _environment.Time.GetUtcNow());
            await CommitAsync(instance, draft);
        }

        var consumed = draft?.Consumed ?? messages.Count;
        instance.PutBack(messages.Skip(consumed));
        messages.Take(consumed).ToList().ForEach(message => message.Receipt?.TrySetResult(Delivery.Taken));
        if (draft is not null)
        {
            instance.Started.TrySetResult(state.Head);
            effects.After(instance, draft);
        }

        _cache.Used(instance);
    }

    private async Task<StepDraft?> DecideAsync(LiveInstance instance, IReadOnlyList<HistoryEvent> messages)
    {
        var (state, options, now) = (instance.State, _environment.Options, _environment.Time.GetUtcNow());
        if (instance.HasTrespassed && messages is not [HistoryEvent.Terminated])
        {
            return Fail(typeof(InvalidOperationException).FullName!, TurnScheduler.InvalidInvocation);
        }

        if (!InstanceMachine.NeedsRun(state, messages, now))
        {
            return Take(instance.Run);
        }

        if (_environment.Catalog.FindOrchestrator(state.Head.Name) is not { } body)
        {
            return Fail("OrchestratorTaskNotFound", $"No orchestrator task named '{state.Head.Name}' was found.");
        }

        if (_environment.Versioning.Mismatch(state.Head.Version) is { } mismatch)
        {
            return Fail("VersionMismatch", mismatch);
        }

        var run = instance.Run;
        IReadOnlyList<HistoryEvent> past = [];
        if (run is null)
        {
            var head = state.Head;
            if (state.Unsaved is null)
            {
                try
                {
                    var saved = await _environment.Store.ReadAsync(instance.Id, withEvents: true, hub.Stopping);
                    past = await hub.Payloads.ReadAsync(saved!.Events, withPayloads: true, hub.Stopping);
                    head = head with { Input = await hub.Payloads.ResolveAsync(head.Input, hub.Stopping) };
                }
                catch (Exception unreadable) when (PayloadCodec.IsUnreadable(unreadable))
                {
                    return Fail("HistoryUnreadable", unreadable.Message);
                }
            }

            run = new OrchestratorRun(head, body, _environment.Converter, _environment.Loggers, () =>
            {
                instance.HasTrespassed = true;
                hub.Post(instance, new Message(null));
            });
        }

        await _turns.WaitAsync(hub.Stopping);
        try
        {
            // On a thread of the pool, which is given up where the orchestrator blocks it.
            StepDraft? draft = null;
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var turn = _environment.Begin(() =>
            {
                begun.TrySetResult();
                try
                {
                    run.Replay(past);
                    draft = Take(run);
                }
                catch (Exception unwritable)
                {
                    // What the code returns or starts over with is the code's own; whatever it throws when it is written concerns this instance alone.
                    draft = InstanceMachine.Fail(state, Failures.From(unwritable), now);
                }

                return Task.CompletedTask;
            });
            await begun.Task;
            if (await YieldsAsync(turn))
            {
                (instance.Run, instance.WaitsFor) = (run, [.. run.WaitedFor]);
                return draft;
            }

            instance.Run = null;
            return Fail("OrchestratorBlocked", $"The orchestrator did not yield for {options.BlockedAfter}: it loops, or blocks on a task (.Result, .Wait()).");
        }
        finally
        {
            _turns.Release();
        }

        StepDraft? Take(OrchestratorRun? orchestrator) =>
            InstanceMachine.Take(state, orchestrator, messages, now, _environment.Converter, options.MaximumHistory);

        StepDraft Fail(string type, string message) =>
            InstanceMachine.Fail(state, Failures.Of(type, message), now);
    }

    /// <summary>In slices, so that a process that was stopped for a while finds its turns with time left.</summary>
    private async Task<bool> YieldsAsync(Task turn)
    {
        for (var slice = 1; slice <= BlockedSlices; slice++)
        {
            try
            {
                await turn.WaitAsync(_environment.Options.BlockedAfter / BlockedSlices, _environment.Time);
                return true;
            }
            catch (TimeoutException)
            {
                // Not yet; the next slice decides.
            }
        }

        return turn.IsCompleted;
    }
}
