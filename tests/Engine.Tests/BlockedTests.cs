using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Tests.Harness;
using BuildFunctions.Testing.Broker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

/// <summary>Orchestrators that do what they must not: the instance fails and says what is wrong, the others go on.</summary>
public sealed class BlockedTests
{
    public static TheoryData<string> Faults() => ["delay", "run", "configure", "never", "delay-beside-durable"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Awaiting_what_is_not_durable_fails_with_the_reason(string fault)
    {
        await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("O", async context =>
        {
            switch (fault)
            {
                case "delay":
                    await Task.Delay(1);
                    break;
                case "run":
                    await Task.Run(() => Task.Delay(1));
                    break;
                case "configure":
                    await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None).ConfigureAwait(false);
                    await context.CallActivityAsync("A");
                    break;
                case "never":
                    await new TaskCompletionSource().Task;
                    break;
                case "delay-beside-durable":
                    var durable = context.WaitForExternalEvent<string>("e");
                    await Task.Delay(1);
                    await durable;
                    break;
            }
        }));

        var end = await hub.RunAsync("O");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("An invalid asynchronous invocation was detected", end.SerializedOutput);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_orchestrator_that_blocks_its_thread_is_failed_and_others_go_on(bool waits)
    {
        using var release = new ManualResetEventSlim();
        await using var hub = await TestHub.StartAsync(
            new TestTasks()
                .Orchestrator("Block", context =>
                {
                    if (waits)
                    {
                        context.CallActivityAsync("A").Wait(TimeSpan.FromSeconds(20));
                    }
                    else
                    {
                        release.Wait(TimeSpan.FromSeconds(20));
                    }

                    return Task.CompletedTask;
                })
                .Orchestrator("Good", async context => (object?)await context.CallActivityAsync<int>("A"))
                .Activity<object?>("A", _ => 1),
            options: new EngineOptions { BlockedAfter = TimeSpan.FromMilliseconds(300), MaximumConcurrentTurns = 1 });

        var blocked = hub.RunAsync("Block");
        var good = await hub.RunAsync("Good");

        Assert.Equal(1, good.ReadOutputAs<int>());
        Assert.Equal("OrchestratorBlocked", (await blocked).FailureDetails!.ErrorType);
        release.Set();
    }

    [Fact]
    public async Task At_most_so_many_activities_run_at_once_and_each_instance_gets_its_turn()
    {
        const int Places = 16;
        var (running, most, gate) = (0, 0, new Lock());
        var order = new List<string>();
        var (full, open) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var hub = await TestHub.StartAsync(
            new TestTasks()
                .Orchestrator("Fan", async context =>
                {
                    var work = Enumerable.Range(0, context.GetInput<int>()).Select(i => context.CallActivityAsync<int>("Work", i)).ToList();
                    context.SetCustomStatus("asked for");
                    return (object?)(await Task.WhenAll(work)).Sum();
                })
                .Activity("Work", async (call, _) =>
                {
                    lock (gate)
                    {
                        order.Add(call.InstanceId);
                        most = Math.Max(most, ++running);
                        if (running == Places)
                        {
                            full.TrySetResult();
                        }
                    }

                    await open.Task;
                    lock (gate)
                    {
                        running--;
                    }

                    return 1;
                }),
            options: new EngineOptions { MaximumConcurrentActivities = Places });
        var many = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Fan", (object)200);
        var few = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Fan", (object)1);
        await full.Task.WaitAsync(TestHub.Soon);
        await Until.TrueAsync("the small instance waits for a place", async () => (await hub.Client.GetInstanceAsync(few, getInputsAndOutputs: true))?.SerializedCustomStatus is not null);
        open.SetResult();

        Assert.Equal(200, (await hub.EndOfAsync(many)).ReadOutputAs<int>());
        Assert.Equal(1, (await hub.EndOfAsync(few)).ReadOutputAs<int>());
        Assert.Equal(Places, most);
        Assert.True(order.IndexOf(few) < 100, "The small instance waited behind the whole of the large one.");
    }
}
