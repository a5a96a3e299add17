using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Orchestration;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;
using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Tests;

/// <summary>The machine alone: a history and messages in, a step out.</summary>
public sealed class MachineTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly InstanceHead Head = new()
    {
        Id = "i",
        Name = "O",
        Generation = 1,
        Sequence = 1,
        Status = OrchestrationRuntimeStatus.Running,
        CreatedAt = T0,
        UpdatedAt = T0,
    };

    private static readonly HistoryEvent[] Begun = [new ExecutionStarted(T0), new TurnStarted(T0)];

    public static TheoryData<string, string, string> Changed() => new()
    {
        { "renamed", Text(new ActivityScheduled(0, "Old", null, null)), "number 0 the history has activity 'Old' (#0), but the code now asks for activity 'A' (#0)" },
        { "timer before", Text(new TimerScheduled(0, T0)), "number 0 the history has timer (#0), but the code now asks for activity 'A' (#0)" },
        { "removed", Text(new ActivityScheduled(0, "A", null, null), new ActivityScheduled(1, "B", null, null)), "number 1 the history has activity 'B' (#1), but the code now asks for nothing" },
        { "inserted", Text(), "number 0 the history has nothing, but the code now asks for activity 'A' (#0)" },
        { "other order", Text(new ActivityScheduled(0, "B", null, null), new ActivityScheduled(1, "A", null, null)), "number 0 the history has activity 'B' (#0), but the code now asks for activity 'A' (#0)" },
        { "child before", Text(new ChildScheduled(0, "c", "A", null, null)), "the history has sub-orchestration 'A' (#0)" },
    };

    [Theory]
    [MemberData(nameof(Changed))]
    public void Changed_code_fails_with_the_number_and_both_actions(string change, string history, string expected)
    {
        Assert.NotEmpty(change);

        var step = Step([.. HistoryJson.Read(history)], [new EventRaised("e", null)], context => context.CallActivityAsync("A"));

        Assert.Equal((StepKind.Complete, OrchestrationRuntimeStatus.Failed), (step!.Kind, step.Head.Status));
        Assert.Contains(expected, step.Head.Output);
        Assert.Contains(nameof(NonDeterministicException), step.Head.Failure);
    }

    [Fact]
    public void A_name_in_another_case_is_the_same_code() =>
        Assert.Equal(
            OrchestrationRuntimeStatus.Completed,
            Step([.. Begun, new ActivityScheduled(0, "a", null, null)], [new TaskCompleted(0)], context => context.CallActivityAsync("A"))!.Head.Status);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_event_and_a_timer_in_one_turn_keep_the_order_of_the_mailbox(bool timerFirst)
    {
        HistoryEvent[] arrived = timerFirst
            ? [new TaskCompleted(0), new EventRaised("e", "\"event\"")]
            : [new EventRaised("e", "\"event\""), new TaskCompleted(0)];
        async Task<object?> Race(TaskOrchestrationContext context)
        {
            var timer = context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            var raised = context.WaitForExternalEvent<string>("e");
            var winner = await Task.WhenAny(timer, raised) == timer ? "timer" : "event";
            await Task.WhenAll(timer, raised);
            await context.CallActivityAsync(winner);
            return winner;
        }

        HistoryEvent[] before = [.. Begun, new TimerScheduled(0, T0.AddSeconds(1))];
        var first = Step(before, arrived, Race)!;
        var replayed = Step([.. before, .. first.Events], [new TaskCompleted(1)], Race)!;

        Assert.Equal(timerFirst ? "timer" : "event", Assert.Single(first.Events.OfType<ActivityScheduled>()).Name);
        Assert.Equal($"\"{(timerFirst ? "timer" : "event")}\"", replayed.Head.Output);
    }

    [Fact]
    public void What_is_closed_already_or_twice_or_seen_changes_nothing()
    {
        HistoryEvent[] history = [.. Begun, new ActivityScheduled(0, "A", null, null), new EventRaised("e", null, "x/1/1"), new TaskCompleted(0), new ActivityScheduled(1, "A", null, null)];
        async Task<object?> Twice(TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("A");
            await context.CallActivityAsync("A");
            return await context.WaitForExternalEvent<string>("never");
        }

        Assert.Null(Step(history, [new TaskCompleted(0), new TaskCompleted(7), new EventRaised("e", null, "x/1/1")], Twice));
        var step = Step(history, [new TaskCompleted(1), new TaskCompleted(1)], Twice)!;
        Assert.Single(step.Events.OfType<TaskCompleted>());
    }

    [Fact]
    public void Time_never_goes_back()
    {
        var step = Step(
            [new ExecutionStarted(T0), new TurnStarted(T0.AddHours(1))], [new EventRaised("e", null)],
            async context =>
            {
                await context.WaitForExternalEvent<object?>("e");
                return context.CurrentUtcDateTime;
            });

        Assert.Equal(T0.AddHours(1), step!.Events.OfType<TurnStarted>().Single().At);
    }

    [Fact]
    public void While_suspended_everything_is_kept_and_then_delivered_in_order()
    {
        async Task<object?> Collect(TaskOrchestrationContext context)
        {
            var got = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                got.Add(await context.WaitForExternalEvent<string>("e"));
            }

            return string.Concat(got);
        }

        HistoryEvent[] suspended = [.. Begun, new EventRaised("e", "\"a\""), new Suspended("why")];
        var held = Step(suspended, [new EventRaised("e", "\"b\""), new EventRaised("e", "\"c\"")], Collect)!;
        var resumed = Step([.. suspended, .. held.Events], [new Resumed(null)], Collect)!;

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, held.Head.Status);
        Assert.DoesNotContain(held.Events, happened => happened is TurnStarted);
        Assert.Equal("\"abc\"", resumed.Head.Output);
    }

    [Fact]
    public void Continue_as_new_keeps_unprocessed_events_in_order_and_the_custom_status()
    {
        Task<object?> Again(TaskOrchestrationContext context)
        {
            context.SetCustomStatus("s");
            context.ContinueAsNew(2);
            return Task.FromResult<object?>("ignored");
        }

        var step = Step([new ExecutionStarted(T0), new EventRaised("a", null), new EventRaised("b", null)], [], Again)!;

        Assert.Equal((StepKind.Continue, 2, 1, "2", "\"s\""), (step.Kind, step.Head.Generation, step.Head.Sequence, step.Head.Input, step.Head.CustomStatus));
        Assert.Equal(["a", "b"], step.Events.OfType<EventRaised>().Select(raised => raised.Name));
        Assert.Null(step.Head.Output);
    }

    [Fact]
    public void A_history_past_its_limit_fails_with_advice()
    {
        var history = Begun.Concat(Enumerable.Range(0, 50_000).Select(_ => new EventRaised("x", null)));

        var step = Step([.. history], [new EventRaised("x", null)], context => context.WaitForExternalEvent<object?>("never"));

        Assert.Contains("ContinueAsNew", step!.Head.Output);
    }

    [Fact]
    public void Every_event_survives_its_stored_form()
    {
        HistoryEvent[] all =
        [
            new ExecutionStarted(T0, "p", ["s"]), new TurnStarted(T0), new ActivityScheduled(0, "A", "1", "{}"), new ChildScheduled(1, "c", "C", null, "1"),
            new TimerScheduled(2, T0), new TimerCancelled(2), new EventSent(3, "i", "e", "null"), new TaskCompleted(0, "\0\uD83D\uDE00\""),
            new TaskFailed(1, new TaskFailureDetails("T", "m", "s", new TaskFailureDetails("I", "n", null, null, null), null), IsNonRetriable: true),
            new EventRaised("e", "1", "id"), new Suspended("r"), new Resumed(null), new Terminated("1", true), new Ended(OrchestrationRuntimeStatus.Failed),
            new Spilled("payload:1"),
        ];

        var read = HistoryJson.Read(HistoryJson.Write(all));

        Assert.Equal(HistoryJson.Write(all), HistoryJson.Write(read));
        Assert.Equal(all.Select(happened => happened.GetType()), read.Select(happened => happened.GetType()));
        Assert.True(((TaskFailed)read[8]).IsNonRetriable);
    }

    private static string Text(params HistoryEvent[] asked) => HistoryJson.Write([.. Begun, .. asked]);

    private static StepDraft? Step(HistoryEvent[] history, HistoryEvent[] messages, Func<TaskOrchestrationContext, Task> code) =>
        Step(history, messages, async context =>
        {
            await code(context);
            return null;
        });

    private static StepDraft? Step(HistoryEvent[] history, HistoryEvent[] messages, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        var state = new InstanceState(Head);
        state.Apply(Head, history);
        OrchestratorRun? run = null;
        if (InstanceMachine.NeedsRun(state, messages, T0))
        {
            run = new OrchestratorRun(Head, code, JsonDataConverter.Default, NullLoggerFactory.Instance, () => { });
            run.Replay(history);
        }

        return InstanceMachine.Take(state, run, messages, T0, JsonDataConverter.Default, 50_000);
    }
}
