using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Tests.Harness;
using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task Early_events_are_kept_in_order_and_names_ignore_case()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("O", async context =>
        {
            await context.WaitForExternalEvent<string>("go");
            var got = new List<int>();
            for (var i = 0; i < 1000; i++)
            {
                got.Add(await context.WaitForExternalEvent<int>("Item"));
            }

            return (object?)got;
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        for (var i = 0; i < 1000; i++)
        {
            await hub.Client.RaiseEventAsync(id, "iTEM", i);
        }

        await hub.Client.RaiseEventAsync(id, "GO", "now");

        Assert.Equal(Enumerable.Range(0, 1000), (await hub.EndOfAsync(id)).ReadOutputAs<List<int>>()!);
    }

    [Fact]
    public async Task A_thousand_concurrent_raises_are_each_taken_once_in_few_commits()
    {
        var storage = new MemoryHub();
        await using var hub = await TestHub.StartAsync(
            new TestTasks().Orchestrator("O", async context =>
            {
                var got = new HashSet<int>();
                while (got.Count < 1000)
                {
                    Assert.True(got.Add(await context.WaitForExternalEvent<int>("e")));
                }

                return (object?)got.Count;
            }),
            storage);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => hub.Client.RaiseEventAsync(id, "e", i)));

        Assert.Equal(1000, (await hub.EndOfAsync(id)).ReadOutputAs<int>());
        Assert.True(storage.Commits < 1000, $"{storage.Commits} commits");
    }

    [Fact]
    public async Task The_newest_waiter_gets_the_first_event()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("O", async context =>
        {
            var a = context.WaitForExternalEvent<string>("e");
            var b = context.WaitForExternalEvent<string>("e");
            await Task.WhenAll(a, b);
            return (object?)$"{a.Result}{b.Result}";
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.Client.RaiseEventAsync(id, "e", "1");
        await hub.Client.RaiseEventAsync(id, "e", "2");

        Assert.Equal("21", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_waiter_that_timed_out_takes_no_event()
    {
        var clock = new ManualTime();
        await using var hub = await TestHub.StartAsync(
            new TestTasks().Orchestrator("O", async context =>
            {
                await Assert.ThrowsAsync<TaskCanceledException>(() => context.WaitForExternalEvent<string>("e", TimeSpan.FromSeconds(5)));
                context.SetCustomStatus("late");
                await context.CreateTimer(TimeSpan.FromSeconds(5), CancellationToken.None);
                return (object?)await context.WaitForExternalEvent<string>("e");
            }),
            time: clock);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        clock.Advance(TimeSpan.FromSeconds(5));
        await hub.Hub.WaitAsync(id, head => head.CustomStatus == "\"late\"", TestHub.Soon);
        await hub.Client.RaiseEventAsync(id, "e", "kept");
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("kept", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_in_time_cancels_the_timeout()
    {
        await using var hub = await TestHub.StartAsync(
            new TestTasks().Orchestrator("O", async context => (object?)await context.WaitForExternalEvent<string>("e", TimeSpan.FromDays(400))));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await hub.Client.RaiseEventAsync(id, "e", "x");

        Assert.Equal("x", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task One_name_has_one_type()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("O", context =>
        {
            _ = context.WaitForExternalEvent<string>("e");
            var refused = Assert.Throws<ArgumentException>(() => { _ = context.WaitForExternalEvent<int>("E"); });
            return Task.FromResult<object?>(refused.Message);
        }));

        Assert.Contains("must have the same type argument", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Raising_tells_unknown_from_ended()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("O", _ => Task.FromResult<object?>(1)));
        var ended = (await hub.RunAsync("O")).InstanceId;

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => hub.Client.RaiseEventAsync("none", "e"))).StatusCode);
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => hub.Client.RaiseEventAsync(ended, "e"))).StatusCode);
        await hub.Client.PurgeInstanceAsync(ended);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => hub.Client.RaiseEventAsync(ended, "e"))).StatusCode);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => hub.Client.RaiseEventAsync("", "e"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => hub.Client.RaiseEventAsync("x", ""));
    }

    [Fact]
    public async Task An_acknowledged_event_is_never_lost_to_the_end_of_its_instance()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("O", async context =>
        {
            var got = 0;
            while (await context.WaitForExternalEvent<string>("e") != "end")
            {
                got++;
            }

            return (object?)got;
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");

        var raises = Enumerable.Range(0, 200).Select(async i =>
        {
            try
            {
                await hub.Client.RaiseEventAsync(id, "e", i == 100 ? "end" : "x");
                return i == 100 ? 0 : 1;
            }
            catch (RpcException)
            {
                return 0;
            }
        });
        var accepted = (await Task.WhenAll(raises)).Sum();

        Assert.Equal(accepted, (await hub.EndOfAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Events_between_instances_arrive_and_unknown_targets_are_dropped()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("Receiver", async context => (object?)await context.WaitForExternalEvent<string>("e"))
            .Orchestrator("Sender", context =>
            {
                context.SendEvent(context.GetInput<string>()!, "e", "hello");
                context.SendEvent("nobody", "e", "hello");
                return Task.CompletedTask;
            }));
        var receiver = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Receiver");

        var sender = await hub.RunAsync("Sender", receiver);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, sender.RuntimeStatus);
        Assert.Equal("hello", (await hub.EndOfAsync(receiver)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(64 * 1024)]
    [InlineData(1024 * 1024)]
    public async Task Large_payloads_come_back_unchanged(int length)
    {
        var text = string.Concat("\0\uFEFF😀\u2028", new string('x', length));
        var storage = new MemoryHub();
        await using var hub = await TestHub.StartAsync(
            new TestTasks()
                .Orchestrator("O", async context =>
                {
                    var raised = await context.WaitForExternalEvent<string>("e");
                    return (object?)await context.CallActivityAsync<string>("Echo", raised + context.GetInput<string>());
                })
                .Activity<string>("Echo", input => input),
            storage);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", (object)text);
        await hub.Client.RaiseEventAsync(id, "e", text);

        var end = await hub.EndOfAsync(id);

        Assert.Equal(text + text, end.ReadOutputAs<string>());
        Assert.Equal(text, end.ReadInputAs<string>());
        Assert.NotEmpty(storage.Payloads);
    }

    [Fact]
    public async Task A_payload_past_the_limit_is_refused()
    {
        await using var hub = await TestHub.StartAsync(
            new TestTasks()
                .Orchestrator("O", context => context.CallActivityAsync("Big"))
                .Activity("Big", (_, _) => Task.FromResult<object?>(new string('x', 2000))),
            options: new EngineOptions { MaximumPayload = 1000 });

        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("O", (object)new string('x', 1001)));
        Assert.Equal("PayloadTooLarge", (await hub.RunAsync("O")).FailureDetails!.InnerFailure!.ErrorType);
    }
}
