using BuildFunctions.Engine.Tests.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

public sealed class ChildTests
{
    private static TestTasks Tasks() => new TestTasks()
        .Orchestrator("Parent", async context =>
        {
            try
            {
                return (object?)await context.CallSubOrchestratorAsync<string>(
                    "Child", options: new SubOrchestrationOptions(instanceId: context.GetInput<string>()));
            }
            catch (TaskFailedException failed)
            {
                return failed.FailureDetails.ToString();
            }
        })
        .Orchestrator("Child", async context => (object?)await context.WaitForExternalEvent<string>("go"));

    [Fact]
    public async Task An_id_that_is_taken_fails_the_call()
    {
        await using var hub = await TestHub.StartAsync(Tasks());
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Child", new StartOrchestrationOptions("taken"));

        var end = await hub.RunAsync("Parent", "taken");

        Assert.Equal("OrchestrationAlreadyExists: An Orchestration instance with the ID taken already exists.", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_terminated_child_is_a_failure_to_its_parent()
    {
        await using var hub = await TestHub.StartAsync(Tasks());
        var parent = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent", (object)"kid");
        await hub.Client.WaitForInstanceStartAsync("kid", TestHub.Soon);
        await hub.Client.TerminateInstanceAsync("kid", (object)"enough");

        Assert.Equal("OrchestrationTerminated: \"enough\"", (await hub.EndOfAsync(parent)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_that_ended_while_no_process_ran_is_delivered_at_the_next_start()
    {
        var storage = new MemoryHub();
        var dies = false;
        var first = await TestHub.StartAsync(Tasks(), session: new MemorySession(storage) { Crash = (_, after) => after && dies });
        var parent = await first.Client.ScheduleNewOrchestrationInstanceAsync("Parent", (object)"kid");
        await first.Client.WaitForInstanceStartAsync("kid", TestHub.Soon);
        dies = true;
        await Assert.ThrowsAnyAsync<Exception>(() => first.Client.RaiseEventAsync("kid", "go", "late"));
        await using var second = await TestHub.StartAsync(Tasks(), storage);

        Assert.Equal("late", (await second.EndOfAsync(parent)).ReadOutputAs<string>());
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Purging_with_children_takes_them_along()
    {
        await using var hub = await TestHub.StartAsync(Tasks());
        var parent = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent", (object)"kid");
        await hub.Client.WaitForInstanceStartAsync("kid", TestHub.Soon);
        await hub.Client.RaiseEventAsync("kid", "go", "x");
        await hub.EndOfAsync(parent);

        Assert.Equal(2, (await hub.Client.PurgeInstanceAsync(parent, new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);
        Assert.Null(await hub.Client.GetInstanceAsync("kid"));
    }
}
