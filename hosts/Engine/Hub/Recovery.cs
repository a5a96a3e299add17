using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Orchestration;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask.Client;
using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Hub;

/// <summary>Start-up: what is open follows from committed history, so nothing else was ever written down.</summary>
internal sealed class Recovery(TaskHub hub, Stepper stepper, Effects effects)
{
    private readonly HubEnvironment _environment = hub.Environment;

    /// <summary>What this process may go on with.</summary>
    private IEnumerable<LiveInstance> Here => hub.Live.Where(instance => !instance.State.IsForeign);

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var stored in await _environment.Store.LoadLiveAsync(cancellation))
        {
            var instance = new LiveInstance(stored.Head.Id)
            {
                State = new InstanceState(stored.Head) { IsForeign = _environment.Versioning.Rejects(stored.Head.Version) },
            };
            instance.Started.TrySetResult(stored.Head);
            try
            {
                instance.State.Apply(stored.Head, await hub.Payloads.ReadAsync(stored.Events, withPayloads: false, cancellation));
                hub.Adopt(instance);
            }
            catch (Exception unreadable) when (PayloadCodec.IsUnreadable(unreadable))
            {
                await FailAsync(instance, "HistoryUnreadable", unreadable.Message);
            }
        }

        if (!_environment.Ownership.PreviousReleased)
        {
            await CountCrashesAsync();
        }

        foreach (var instance in hub.Live)
        {
            if (CrashCount.Get(instance.State.Head.Crashes, CrashCount.Turn) >= _environment.Options.MaximumCrashes)
            {
                await FailAsync(instance, "PoisonOrchestrator", "The process died each time this orchestrator went on.");
            }
        }

        await ResumeAsync(cancellation);
    }

    private async Task ResumeAsync(CancellationToken cancellation)
    {
        var open = Here.SelectMany(instance => instance.State.Open.Values.Select(opening => (Instance: instance, Opening: opening))).ToList();
        var timers = open.Where(work => work.Opening is TimerScheduled).OrderBy(work => ((TimerScheduled)work.Opening).FireAt);
        var others = open.Where(work => work.Opening is not TimerScheduled).OrderBy(work => work.Instance.State.LastTurn);
        foreach (var (instance, opening) in timers.Concat(others))
        {
            if (IsPoison(instance, opening))
            {
                var failed = Effects.NotRetriable(opening.Id, "PoisonActivity", "The process died each time this activity was running.");
                hub.Post(instance, new Message(failed, instance.State.Head.Generation));
            }
            else
            {
                effects.Begin(instance, opening);
            }
        }

        foreach (var instance in hub.Live)
        {
            effects.Resume(instance);
        }

        await TerminateOrphansAsync(cancellation);
    }

    private bool IsPoison(LiveInstance instance, Opening opening) => opening is ActivityScheduled
        && CrashCount.Get(instance.State.Head.Crashes, CrashCount.Of(opening.Id)) >= _environment.Options.MaximumCrashes;

    /// <summary>
    /// Which activities were running follows from the order in which the pool starts them. An orchestrator that owes a turn now
    /// may have died in it: counted before it goes on, cleared by the turn's own commit.
    /// </summary>
    private async Task CountCrashesAsync()
    {
        var now = _environment.Time.GetUtcNow();
        var activities = Here.OrderBy(instance => instance.State.LastTurn).SelectMany(instance => instance.State.Open.Values
            .OfType<ActivityScheduled>()
            .Select((activity, place) => (Instance: instance, activity.Id, place,
                Crashes: CrashCount.Get(instance.State.Head.Crashes, CrashCount.Of(activity.Id)))));
        var lanes = activities.OrderBy(activity => activity.place).ToLookup(activity => activity.Crashes >= 2);
        var running = lanes[false].Take(_environment.Options.MaximumConcurrentActivities).Concat(lanes[true].Take(1))
            .ToLookup(activity => activity.Instance, activity => CrashCount.Of(activity.Id));

        await Task.WhenAll(Here.Select(async instance =>
        {
            var state = instance.State;
            var owesTurn = state.NeedsTurn(now)
                || state.Open.Values.Any(opening => opening is TimerScheduled timer ? timer.FireAt <= now : IsPoison(instance, opening));
            string[] keys = [.. running[instance], .. owesTurn ? new[] { CrashCount.Turn } : []];
            if (keys.Length > 0)
            {
                var head = state.Head with
                {
                    Sequence = state.Head.Sequence + 1,
                    UpdatedAt = now,
                    Crashes = CrashCount.Add(state.Head.Crashes, keys),
                };
                await stepper.CommitAsync(instance, new StepDraft(StepKind.Turn, head, [], 0));
            }
        }));
    }

    private async Task TerminateOrphansAsync(CancellationToken cancellation)
    {
        foreach (var family in hub.Live.Where(instance => instance.State.Head.ParentId is { } parent && hub.Find(parent) is null)
            .GroupBy(instance => instance.State.Head.ParentId!).ToList())
        {
            if (await _environment.Store.ReadAsync(family.Key, withEvents: true, cancellation) is { Head.Status: OrchestrationRuntimeStatus.Terminated } parent
                && (await hub.Payloads.ReadAsync(parent.Events, withPayloads: false, cancellation)).Any(happened => happened is Terminated { Recursive: true }))
            {
                foreach (var child in family.Where(child => child.State.Head.ParentGeneration == parent.Head.Generation))
                {
                    effects.TerminateChild(family.Key, child.Id);
                }
            }
        }
    }

    private async Task FailAsync(LiveInstance instance, string type, string message)
    {
        var draft = InstanceMachine.Fail(instance.State, Failures.Of(type, message), _environment.Time.GetUtcNow());
        await stepper.CommitAsync(instance, draft);
        effects.After(instance, draft);
    }
}
