using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Tests.Harness;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

public sealed class LifecycleTests
{
    private static TestTasks Waiter() => new TestTasks()
        .Orchestrator("Wait", async context => (object?)await context.WaitForExternalEvent<string>("go"))
        .Orchestrator("Quick", context => Task.FromResult<object?>(context.GetInput<string>()));

    [Fact]
    public async Task A_live_id_is_refused_and_an_ended_one_replaced_unless_deduped()
    {
        await using var hub = await TestHub.StartAsync(Waiter());
        var options = new StartOrchestrationOptions("the-id");
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options));
        await hub.Client.RaiseEventAsync("the-id", "go", "1");
        await hub.EndOfAsync("the-id");
        var deduped = await Assert.ThrowsAnyAsync<Exception>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", options.WithDedupeStatuses(OrchestrationRuntimeStatus.Completed)));
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Quick", (object)"2", options);

        Assert.Equal("An Orchestration instance with the ID the-id already exists.", refused.Message);
        Assert.Equal(refused.GetType(), deduped.GetType());
        Assert.Equal("2", (await hub.EndOfAsync("the-id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_hundred_starts_of_one_id_make_one_instance()
    {
        var storage = new MemoryHub();
        await using var hub = await TestHub.StartAsync(Waiter(), storage);

        var starts = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            try
            {
                await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("one"));
                return 1;
            }
            catch (Exception exists) when (exists.Message.Contains("already exists", StringComparison.Ordinal))
            {
                return 0;
            }
        }));

        Assert.Equal(1, starts.Sum());
        Assert.Equal(1, storage.Commits);
    }

    [Theory]
    [InlineData("@x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\u0001b")]
    [InlineData("")]
    public async Task Bad_ids_are_refused(string id)
    {
        await using var hub = await TestHub.StartAsync(Waiter());

        await Assert.ThrowsAnyAsync<ArgumentException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions(id)));
    }

    [Fact]
    public async Task Odd_but_legal_ids_are_instances_of_their_own()
    {
        await using var hub = await TestHub.StartAsync(Waiter());
        foreach (var id in new[] { new string('x', 256), "ünï😀", "a%2Fb", "Case", "case" })
        {
            await hub.Client.ScheduleNewOrchestrationInstanceAsync("Quick", (object)id, new StartOrchestrationOptions(id));
            Assert.Equal(id, (await hub.EndOfAsync(id)).ReadOutputAs<string>());
        }

        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            hub.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions(new string('x', 257))));
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            hub.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("half\uD800")));
    }

    [Fact]
    public async Task A_start_for_later_is_pending_until_then_over_a_restart()
    {
        var (storage, clock) = (new MemoryHub(), new ManualTime());
        var first = await TestHub.StartAsync(Waiter(), storage, clock);
        await first.Client.ScheduleNewOrchestrationInstanceAsync("Quick", (object)"late", new StartOrchestrationOptions("id", clock.GetUtcNow().AddHours(1)));
        var pending = await first.Client.GetInstanceAsync("id");
        await first.KillAsync();
        await using var hub = await TestHub.StartAsync(Waiter(), storage, clock);
        clock.Advance(TimeSpan.FromMinutes(59));
        var still = await hub.Client.GetInstanceAsync("id");
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("late", (await hub.EndOfAsync("id")).ReadOutputAs<string>());
        Assert.Equal((OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Pending), (pending!.RuntimeStatus, still!.RuntimeStatus));
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Waiting_for_an_instance_that_does_not_exist_yet_ends_when_it_has()
    {
        await using var hub = await TestHub.StartAsync(Waiter());
        var started = hub.Client.WaitForInstanceStartAsync("soon", TestHub.Soon);
        var ended = hub.EndOfAsync("soon");

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Quick", (object)"x", new StartOrchestrationOptions("soon"));

        Assert.Equal("soon", (await started).InstanceId);
        Assert.Equal("x", (await ended).ReadOutputAs<string>());
        using var given = new CancellationTokenSource();
        var waiting = hub.Client.WaitForInstanceCompletionAsync("never", given.Token);
        given.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Metadata_without_data_says_so()
    {
        await using var hub = await TestHub.StartAsync(Waiter());
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Quick", (object)"in");
        await hub.EndOfAsync(id);

        var bare = await hub.Client.GetInstanceAsync(id);

        Assert.Null(await hub.Client.GetInstanceAsync("none"));
        Assert.Null(bare!.SerializedInput);
        Assert.Null(bare.DataConverter);
        Assert.Throws<InvalidOperationException>(() => bare.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Listing_pages_and_filters()
    {
        await using var hub = await TestHub.StartAsync(Waiter());
        for (var i = 0; i < 7; i++)
        {
            await hub.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions($"q{i}") { Tags = new Dictionary<string, string> { ["n"] = $"{i}" } });
        }

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("w"));
        await Task.WhenAll(Enumerable.Range(0, 7).Select(i => hub.EndOfAsync($"q{i}")));
        var sizes = new List<int>();
        await foreach (var page in hub.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "q", PageSize: 3)).AsPages())
        {
            sizes.Add(page.Values.Count);
        }

        var running = new List<OrchestrationMetadata>();
        await foreach (var one in hub.Client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running])))
        {
            running.Add(one);
        }

        Assert.Equal([3, 3, 1], sizes);
        Assert.Equal("w", Assert.Single(running).InstanceId);
        Assert.Equal("3", (await hub.Client.GetInstanceAsync("q3"))!.Tags["n"]);
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("waiting")]
    [InlineData("suspended")]
    [InlineData("busy")]
    public async Task Terminate_ends_in_any_state_once(string state)
    {
        var running = new TaskCompletionSource();
        await using var hub = await TestHub.StartAsync(Waiter()
            .Orchestrator("Busy", context => context.CallActivityAsync("Endless"))
            .Activity("Endless", async (_, cancellation) =>
            {
                running.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return null;
            }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            state is "busy" ? "Busy" : "Wait", new StartOrchestrationOptions("id", state is "pending" ? DateTimeOffset.MaxValue : null));
        if (state is "suspended")
        {
            await hub.Client.SuspendInstanceAsync(id);
        }
        else if (state is "busy")
        {
            await running.Task;
        }

        await hub.Client.TerminateInstanceAsync(id, (object)"enough");

        var end = await hub.EndOfAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (end.RuntimeStatus, end.ReadOutputAs<string>()));
        await Assert.ThrowsAsync<RpcException>(() => hub.Client.TerminateInstanceAsync(id));
    }

    [Fact]
    public async Task Suspend_holds_events_until_resume()
    {
        await using var hub = await TestHub.StartAsync(Waiter());
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await hub.Client.SuspendInstanceAsync(id, "break");
        await hub.Client.RaiseEventAsync(id, "go", "x");
        var held = await hub.Client.GetInstanceAsync(id);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, held!.RuntimeStatus);
        Assert.Equal("x", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Purge_takes_the_ended_and_refuses_the_live()
    {
        await using var hub = await TestHub.StartAsync(Waiter());
        var live = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        for (var i = 0; i < 3; i++)
        {
            await hub.RunAsync("Quick");
        }

        var one = (await hub.RunAsync("Quick")).InstanceId;

        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.PurgeInstanceAsync(live));
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("none")).PurgedInstanceCount);
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync(one)).PurgedInstanceCount);
        Assert.Equal(3, (await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(DateTimeOffset.MinValue))).PurgedInstanceCount);
        Assert.NotNull(await hub.Client.GetInstanceAsync(live));
    }

    [Fact]
    public async Task Purging_five_thousand_leaves_those_that_run_alone()
    {
        var storage = new MemoryHub();
        await using var hub = await TestHub.StartAsync(
            Waiter().Orchestrator("Brief", _ => Task.FromResult<object?>("done")), storage);
        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(_ => hub.Client.ScheduleNewOrchestrationInstanceAsync("Brief")));
        var running = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait")));

        var ends = running.Take(50).Select(hub.EndOfAsync).ToList();
        var purge = hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter());
        await Task.WhenAll(running.Take(50).Select(id => hub.Client.RaiseEventAsync(id, "go", "during")));
        var ended = await Task.WhenAll(ends);
        var purged = await purge;

        Assert.InRange(purged.PurgedInstanceCount, 5_000, 5_050);
        Assert.All(ended, end => Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus));
        Assert.Equal(running.Skip(50).Order(), storage.Rows.Values.Where(row => !row.Head.IsTerminal).Select(row => row.Head.Id).Order());
    }

    [Fact]
    public async Task Restart_runs_the_same_again()
    {
        await using var hub = await TestHub.StartAsync(Waiter());
        var id = (await hub.RunAsync("Quick", "x")).InstanceId;
        var live = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait");

        Assert.Equal(id, await hub.Client.RestartAsync(id));
        var other = await hub.Client.RestartAsync(id, restartWithNewInstanceId: true);

        Assert.NotEqual(id, other);
        Assert.Equal("x", (await hub.EndOfAsync(other)).ReadOutputAs<string>());
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RestartAsync("none"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RestartAsync(live));
    }

    [Fact]
    public async Task Continue_as_new_runs_a_thousand_generations_and_leaves_one_short_row()
    {
        var storage = new MemoryHub();
        await using var hub = await TestHub.StartAsync(
            new TestTasks().Orchestrator("Count", context =>
            {
                var n = context.GetInput<int>();
                if (n < 1000)
                {
                    context.ContinueAsNew(n + 1);
                }

                return Task.FromResult<object?>(n);
            }),
            storage);

        Assert.Equal(1000, (await hub.RunAsync("Count", 0)).ReadOutputAs<int>());
        Assert.Equal(2, Assert.Single(storage.Rows).Value.Events.Count);
        Assert.Equal(1001, storage.Commits);
    }

    [Fact]
    public async Task Continue_as_new_loses_no_event_that_arrives_meanwhile()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("Sum", async context =>
        {
            var (count, sum) = context.GetInput<int[]>() is [var c, var s] ? (c, s) : (0, 0);
            sum += await context.WaitForExternalEvent<int>("n");
            if (++count < 200)
            {
                context.ContinueAsNew(new[] { count, sum });
            }

            return (object?)sum;
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Sum");

        await Task.WhenAll(Enumerable.Range(1, 200).Select(n => hub.Client.RaiseEventAsync(id, "n", n)));

        Assert.Equal(200 * 201 / 2, (await hub.EndOfAsync(id)).ReadOutputAs<int>());
    }
}
