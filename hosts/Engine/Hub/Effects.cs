using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask.Client;
using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Hub;

/// <summary>What committed history means outside its instance. Recovery does the same for what is still open.</summary>
internal sealed class Effects(TaskHub hub)
{
    private readonly HubEnvironment _environment = hub.Environment;

    public void After(LiveInstance instance, Orchestration.StepDraft draft)
    {
        var state = instance.State;
        foreach (var happened in draft.Events)
        {
            switch (happened)
            {
                case Opening opening when state.Open.ContainsKey(opening.Id) && !state.Head.IsTerminal:
                    Begin(instance, opening);
                    break;
                case TimerCancelled cancelled:
                    hub.Timers.Disarm(new TimerKey(instance.Id, state.Head.Generation, cancelled.Id));
                    break;
                case Terminated { Recursive: true }:
                    state.Open.Values.OfType<ChildScheduled>().ToList().ForEach(child => TerminateChild(instance.Id, child.InstanceId));
                    break;
            }
        }

        if (state.Head.IsTerminal)
        {
            End(instance, draft.Head);
        }
        else
        {
            Resume(instance);
        }

        hub.Watch.Publish(state.Head);
    }

    /// <summary>The turn that an instance owes without anything arriving for it.</summary>
    public void Resume(LiveInstance instance)
    {
        var (state, now) = (instance.State, _environment.Time.GetUtcNow());
        if (state.NeedsTurn(now))
        {
            hub.Post(instance, new Message(null));
        }
        else if (state.IsEarly(now))
        {
            hub.Timers.Arm(
                TimerKey.StartOf(instance.Id, state.Head.Generation), state.Head.ScheduledStart!.Value, () => hub.Post(instance, new Message(null)));
        }
    }

    public void Begin(LiveInstance instance, Opening opening)
    {
        var head = instance.State.Head;
        switch (opening)
        {
            case ActivityScheduled activity:
                var crashes = Orchestration.CrashCount.Get(head.Crashes, Orchestration.CrashCount.Of(activity.Id));
                hub.Activities.Add(new ActivityWork(instance, head.Generation, activity, crashes));
                break;
            case TimerScheduled timer:
                hub.Timers.Arm(
                    new TimerKey(instance.Id, head.Generation, timer.Id), timer.FireAt,
                    () => hub.Post(instance, new Message(new TaskCompleted(timer.Id), head.Generation)));
                break;
            case ChildScheduled child:
                hub.Run(() => GuardAsync(instance, head.Generation, child, () => StartChildAsync(instance, head, child)));
                break;
            case EventSent sent:
                hub.Run(() => GuardAsync(instance, head.Generation, sent, () => SendAsync(instance, head, sent)));
                break;
        }
    }

    public Task RunActivityAsync(ActivityWork work) => GuardAsync(work.Instance, work.Generation, work.Scheduled, () => RunAsync(work));

    public void TerminateChild(string parent, string child)
    {
        if (hub.Find(child) is { } instance)
        {
            hub.Run(async () =>
            {
                if ((await instance.Started.Task.WaitAsync(hub.Stopping)).ParentId == parent)
                {
                    hub.Post(instance, new Message(new Terminated(null, Recursive: true)));
                }
            });
        }
    }

    public static TaskFailed NotRetriable(int task, string type, string message) =>
        new(task, Failures.Of(type, message), IsNonRetriable: true);

    /// <summary>What storage has lost, or cannot take, fails the task that needs it: asking again changes nothing, and the hub has other work.</summary>
    private async Task GuardAsync(LiveInstance instance, int generation, Opening opening, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception lost) when (lost is CommitRejectedException || PayloadCodec.IsUnreadable(lost))
        {
            hub.Post(instance, new Message(NotRetriable(opening.Id, lost.GetType().ToString(), lost.Message), generation));
        }
        catch (HubUnavailableException)
        {
            // The instance that it is for belongs to another version: it stays open, for the process that runs that one.
        }
    }

    private async Task RunAsync(ActivityWork work)
    {
        var (scheduled, head) = (work.Scheduled, work.Instance.State.Head);
        if (hub.Stopping.IsCancellationRequested || head.IsTerminal || head.Generation != work.Generation)
        {
            return;
        }

        HistoryEvent ended;
        // Outside: trouble with storage is not the activity's failure.
        var input = await hub.Payloads.ResolveAsync(scheduled.Payload, hub.Stopping);
        try
        {
            var body = _environment.Catalog.FindActivity(scheduled.Name);
            var call = new ActivityCall(
                head.Id, scheduled.Name, input, $"{_environment.Options.HubName}/{head.Id}/{head.Generation}/{scheduled.Id}");
            ended = body is null
                ? NotRetriable(scheduled.Id, "ActivityTaskNotFound", $"No activity task named '{scheduled.Name}' was found.")
                : Returned(scheduled, await body(call, hub.Stopping));
        }
        catch (Exception interrupted) when (
            interrupted is FencedException || (hub.Stopping.IsCancellationRequested && interrupted is OperationCanceledException))
        {
            return;
        }
        catch (Exception failure)
        {
            ended = new TaskFailed(scheduled.Id, Failures.From(failure));
        }

        hub.Post(work.Instance, new Message(ended, work.Generation));
    }

    private HistoryEvent Returned(ActivityScheduled scheduled, object? output)
    {
        var text = _environment.Converter.Serialize(output);
        return text?.Length > _environment.Options.MaximumPayload
            ? NotRetriable(scheduled.Id, "PayloadTooLarge", $"Activity '{scheduled.Name}' returned {text.Length} units; the most is {_environment.Options.MaximumPayload}.")
            : new TaskCompleted(scheduled.Id, text);
    }

    private void End(LiveInstance instance, InstanceHead head)
    {
        var state = instance.State;
        state.Open.Values.OfType<TimerScheduled>().ToList().ForEach(timer => hub.Timers.Disarm(new TimerKey(instance.Id, head.Generation, timer.Id)));
        hub.Timers.Disarm(TimerKey.StartOf(instance.Id, head.Generation));
        hub.Withdraw(instance);
        if (head.ParentId is { } parent && hub.Find(parent) is { } waiting)
        {
            hub.Post(waiting, new Message(EndOf(head), head.ParentGeneration));
        }
    }

    private static HistoryEvent EndOf(InstanceHead child) => child.Status is OrchestrationRuntimeStatus.Completed
        ? new TaskCompleted(child.ParentTaskId, child.Output)
        : new TaskFailed(
            child.ParentTaskId,
            HistoryJson.ReadFailure(child.Failure) ?? Failures.Of("OrchestrationTerminated", child.Output ?? ""));

    private async Task StartChildAsync(LiveInstance parent, InstanceHead head, ChildScheduled child)
    {
        var call = new StartRequest.ParentCall(parent.Id, head.Generation, child.Id, head.Name);
        var input = await hub.Payloads.ResolveAsync(child.Payload, hub.Stopping);
        var (isNew, found) = await hub.StartAsync(
            new StartRequest(child.InstanceId, child.Name, input, call.Made) { Version = child.Version, Parent = call }, hub.Stopping);
        if (isNew || (call.Made(found) && !found.IsTerminal))
        {
            return;
        }

        HistoryEvent ended = call.Made(found)
            ? EndOf(found with
            {
                Output = await hub.Payloads.ResolveAsync(found.Output, hub.Stopping),
                Failure = await hub.Payloads.ResolveAsync(found.Failure, hub.Stopping),
            })
            : NotRetriable(child.Id, "OrchestrationAlreadyExists", $"An Orchestration instance with the ID {child.InstanceId} already exists.");
        hub.Post(parent, new Message(ended, head.Generation));
    }

    private async Task SendAsync(LiveInstance sender, InstanceHead head, EventSent sent)
    {
        var payload = await hub.Payloads.ResolveAsync(sent.Payload, hub.Stopping);
        await hub.DeliverAsync(
            sent.InstanceId, new EventRaised(sent.Name, payload, $"{sender.Id}/{head.Generation}/{sent.Id}"), hub.Stopping);
        hub.Post(sender, new Message(new TaskCompleted(sent.Id), head.Generation));
    }
}
