using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Tests.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task A_failed_activity_shows_as_the_real_one_does()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("O", async context =>
            {
                var failed = await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync("Bad"));
                var details = failed.FailureDetails;
                Assert.True(details.IsCausedBy<InvalidOperationException>());
                Assert.True(details.IsCausedBy<Exception>());
                Assert.False(details.IsCausedBy<FormatException>());
                return (object?)$"{failed.Message}|{failed.TaskName}|{failed.TaskId}|{details}|{details.InnerFailure}|{details.StackTrace?.Length > 0}";
            })
            .Activity("Bad", (_, _) => throw new InvalidOperationException("bad", new FormatException("inner"))));

        Assert.Equal(
            "Task 'Bad' (#0) failed with an unhandled exception: bad|Bad|0|System.InvalidOperationException: bad|System.FormatException: inner|True",
            (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_unhandled_failure_fails_the_instance_with_its_cause_inside()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync("Child"))
            .Orchestrator("Child", context => context.CallActivityAsync("Bad"))
            .Activity("Bad", (_, _) => throw new InvalidOperationException("bad")));

        var end = await hub.RunAsync("Parent");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(typeof(TaskFailedException).FullName, end.FailureDetails!.ErrorType);
        Assert.Equal(typeof(TaskFailedException).FullName, end.FailureDetails.InnerFailure!.ErrorType);
        Assert.Equal(typeof(InvalidOperationException).FullName, end.FailureDetails.InnerFailure.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task An_exception_of_the_orchestrator_leaves_its_bare_message_as_output()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("O", Task<object?> (_) => throw new InvalidOperationException("plain words")));

        var end = await hub.RunAsync("O");

        Assert.Equal("plain words", end.SerializedOutput);
        Assert.Equal("System.InvalidOperationException", end.FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task A_policy_waits_and_gives_up_as_it_says()
    {
        var (clock, storage) = (new ManualTime(), new MemoryHub());
        await using var hub = await TestHub.StartAsync(
            new TestTasks()
                .Orchestrator("O", async context => (object?)(await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync(
                    "Bad", options: TaskOptions.FromRetryPolicy(new RetryPolicy(4, TimeSpan.FromSeconds(1), 3, TimeSpan.FromSeconds(5)))))).TaskId)
                .Activity("Bad", (_, _) => throw new InvalidOperationException()),
            storage,
            clock);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        for (var attempt = 1; attempt < 4; attempt++)
        {
            await hub.Hub.WaitAsync(id, head => head.Sequence == 2 * attempt, TestHub.Soon);
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        var end = await hub.EndOfAsync(id);

        Assert.Equal(6, end.ReadOutputAs<int>());
        var history = storage.Rows[id].Events.SelectMany(HistoryJson.Read).ToList();
        var waits = history.Select((happened, i) => happened is HistoryEvent.TimerScheduled timer
            ? timer.FireAt - history.Take(i).OfType<HistoryEvent.TurnStarted>().Last().At : (TimeSpan?)null);
        Assert.Equal([1, 3, 5], waits.OfType<TimeSpan>().Select(wait => (int)wait.TotalSeconds));
    }

    [Fact]
    public async Task A_handler_decides_on_each_attempt()
    {
        var tries = 0;
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("O", async context =>
            {
                var asked = new List<int>();
                await context.CallActivityAsync("Flaky", options: TaskOptions.FromRetryHandler(retry =>
                {
                    asked.Add(retry.LastAttemptNumber);
                    return retry.LastFailure.IsCausedBy<TimeoutException>();
                }));
                return (object?)asked;
            })
            .Activity("Flaky", (_, _) => ++tries < 4 ? throw new TimeoutException() : Task.FromResult<object?>(null)));

        Assert.Equal([1, 2, 3], (await hub.RunAsync("O")).ReadOutputAs<List<int>>()!);
    }

    [Fact]
    public async Task HandleFailure_and_children_are_retried_under_the_same_id()
    {
        var tries = 0;
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("O", async context => (object?)await context.CallSubOrchestratorAsync<int>(
                "Child", options: new SubOrchestrationOptions(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)), "the-child")))
            .Orchestrator("Child", async context => (object?)await context.CallActivityAsync<int>("Try"))
            .Activity("Try", (_, _) => ++tries < 3 ? throw new TimeoutException() : Task.FromResult<object?>(tries)));

        Assert.Equal(3, (await hub.RunAsync("O")).ReadOutputAs<int>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.Client.GetInstanceAsync("the-child"))!.RuntimeStatus);
    }

    [Fact]
    public void Policies_are_checked()
    {
        var second = TimeSpan.FromSeconds(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(0, second));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, second, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, second, 1, second / 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, second, 1, second, second / 2));
        Assert.Equal(TimeSpan.FromHours(1), new RetryPolicy(1, second).MaxRetryInterval);
    }
}
