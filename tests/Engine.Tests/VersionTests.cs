using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Tests.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Microsoft.DurableTask.Worker.DurableTaskWorkerOptions;

namespace BuildFunctions.Engine.Tests;

public sealed class VersionTests
{
    internal static VersioningOptions Worker(
        string version, VersionMatchStrategy match = VersionMatchStrategy.CurrentOrOlder, VersionFailureStrategy failure = VersionFailureStrategy.Reject) =>
        new() { Version = version, DefaultVersion = version, MatchStrategy = match, FailureStrategy = failure };

    private static TestTasks Waiter() => new TestTasks()
        .Orchestrator("Wait", async context =>
        {
            var word = await context.WaitForExternalEvent<string>("word");
            return (object?)$"{context.Version} {word} {await context.CallActivityAsync<string>("Echo", word)}";
        })
        .Activity<string>("Echo", word => word);

    [Theory]
    [InlineData(VersionMatchStrategy.None, "2.0", true)]
    [InlineData(VersionMatchStrategy.Strict, "1.0", true)]
    [InlineData(VersionMatchStrategy.Strict, "0.9", false)]
    [InlineData(VersionMatchStrategy.Strict, "", false)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "", true)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "0.9", true)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "1.0", true)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "1.0.1", false)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "10.0", false)]
    public async Task A_version_that_does_not_match_fails_where_it_is_to(VersionMatchStrategy match, string version, bool runs)
    {
        await using var hub = await TestHub.StartAsync(
            new TestTasks().Orchestrator("O", context => Task.FromResult<object?>(context.Version)),
            versioning: Worker("1.0", match, VersionFailureStrategy.Fail));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions { Version = version });
        var end = await hub.EndOfAsync(id);

        Assert.Equal(runs ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(runs ? null : "VersionMismatch", end.FailureDetails?.ErrorType);
    }

    [Fact]
    public async Task A_rejected_start_waits_with_its_events_for_a_process_that_runs_it()
    {
        var storage = new MemoryHub();
        var old = await TestHub.StartAsync(Waiter(), storage, versioning: Worker("1.0"));
        await old.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("new") { Version = "2.0" });
        await old.Client.RaiseEventAsync("new", "word", "early");
        var waiting = await old.Client.GetInstanceAsync("new");
        await old.DisposeAsync();
        await using var current = await TestHub.StartAsync(Waiter(), storage, versioning: Worker("2.0"));

        Assert.Equal(OrchestrationRuntimeStatus.Pending, waiting!.RuntimeStatus);
        Assert.Equal("2.0 early early", (await current.EndOfAsync("new")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_rejected_instance_acknowledges_nothing_but_its_termination_and_goes_on_elsewhere()
    {
        var storage = new MemoryHub();
        var first = await TestHub.StartAsync(Waiter(), storage, versioning: Worker("2.0"));
        foreach (var id in new[] { "kept", "ended" })
        {
            await first.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions(id));
        }

        await first.DisposeAsync();
        var old = await TestHub.StartAsync(Waiter(), storage, versioning: Worker("1.0"));
        await Assert.ThrowsAsync<HubUnavailableException>(() => old.Client.RaiseEventAsync("kept", "word", "refused"));
        await old.Client.TerminateInstanceAsync("ended");
        var ended = await old.EndOfAsync("ended");
        await old.DisposeAsync();
        await using var current = await TestHub.StartAsync(Waiter(), storage, versioning: Worker("2.0"));
        await current.Client.RaiseEventAsync("kept", "word", "taken");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("2.0 taken taken", (await current.EndOfAsync("kept")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_activity_of_a_rejected_instance_runs_where_the_instance_goes_on()
    {
        var storage = new MemoryHub();
        var runs = 0;
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = new TestTasks()
            .Orchestrator("O", async context => (object?)await context.CallActivityAsync<int>("Once"))
            .Activity<object?>("Once", async (_, cancellation) =>
            {
                if (Interlocked.Increment(ref runs) == 1)
                {
                    began.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                }

                return runs;
            });
        var first = await TestHub.StartAsync(tasks, storage, versioning: Worker("2.0"));
        var id = await first.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await began.Task;
        await first.DisposeAsync();
        await (await TestHub.StartAsync(tasks, storage, versioning: Worker("1.0"))).DisposeAsync();
        await using var current = await TestHub.StartAsync(tasks, storage, versioning: Worker("2.0"));

        Assert.Equal(2, (await current.EndOfAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Children_take_the_default_version_or_their_own_and_a_successor_its_new_one()
    {
        var storage = new MemoryHub();
        await using var hub = await TestHub.StartAsync(
            new TestTasks()
                .Orchestrator("O", async context =>
                {
                    if (context.Version == "1.5")
                    {
                        context.ContinueAsNew(new ContinueAsNewOptions { NewVersion = "2.0" });
                        return null;
                    }

                    await context.CallActivityAsync<string>("Echo", "own", new TaskOptions { Version = "7" });
                    await context.CallActivityAsync<string>("Echo", "instance");
                    var byDefault = await context.CallSubOrchestratorAsync<string>("Child");
                    return (object?)$"{context.Version} {byDefault} {await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions { Version = "0.5" })}";
                })
                .Orchestrator("Child", context => Task.FromResult<object?>(context.Version))
                .Activity<string>("Echo", text => text),
            storage, versioning: Worker("3.0"));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions { Version = "1.5" });

        Assert.Equal("2.0 3.0 0.5", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
        var calls = storage.Rows[id].Events.SelectMany(HistoryJson.Read).OfType<HistoryEvent.ActivityScheduled>();
        Assert.Equal(["7", "2.0"], calls.Select(call => call.Version!));
    }
}
