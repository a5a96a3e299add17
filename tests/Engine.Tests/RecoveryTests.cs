using System.Collections.Concurrent;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Tests.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

/// <summary>What a new process makes of what the old one left.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task A_killed_activity_runs_again_under_the_same_key()
    {
        var storage = new MemoryHub();
        var (keys, running) = (new ConcurrentQueue<string>(), new TaskCompletionSource());
        TestTasks Tasks(bool hangs) => new TestTasks()
            .Orchestrator("O", async context => (object?)await context.CallActivityAsync<int>("A"))
            .Activity("A", async (call, cancellation) =>
            {
                keys.Enqueue(call.ExecutionKey);
                running.TrySetResult();
                await Task.Delay(hangs ? Timeout.Infinite : 0, cancellation);
                return keys.Count;
            });
        var first = await TestHub.StartAsync(Tasks(hangs: true), storage);
        var id = await first.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await running.Task;
        await first.KillAsync();
        await using var second = await TestHub.StartAsync(Tasks(hangs: false), storage);

        var end = await second.EndOfAsync(id);

        Assert.Equal(2, end.ReadOutputAs<int>());
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
        await first.DisposeAsync();
    }

    [Fact]
    public async Task An_activity_that_kills_three_processes_is_parked_and_its_neighbours_complete()
    {
        var storage = new MemoryHub();
        var options = new EngineOptions { MaximumCrashes = 3 };
        var tasks = new TestTasks()
            .Orchestrator("Bad", async context => (object?)(await Assert.ThrowsAsync<TaskFailedException>(() =>
                context.CallActivityAsync("Killer", options: TaskOptions.FromRetryPolicy(new RetryPolicy(9, TimeSpan.FromDays(1)))))).FailureDetails.ErrorType)
            .Orchestrator("Good", async context => (object?)await context.CallActivityAsync<int>("Fine"))
            .Activity("Killer", async (_, cancellation) =>
            {
                storage.Owner!.Die();
                await Task.Delay(Timeout.Infinite, cancellation);
                return null;
            })
            .Activity<object?>("Fine", _ => 1);
        var hubs = new List<TestHub> { await TestHub.StartAsync(tasks, storage, options: options) };
        await hubs[0].Client.ScheduleNewOrchestrationInstanceAsync("Good", new StartOrchestrationOptions("later", DateTimeOffset.MaxValue));
        _ = hubs[0].Client.ScheduleNewOrchestrationInstanceAsync("Bad", new StartOrchestrationOptions("bad"));
        for (var life = 1; life <= 3; life++)
        {
            await hubs[^1].Hub.Failed;
            hubs.Add(await TestHub.StartAsync(tasks, storage, options: options));
        }

        Assert.Equal("PoisonActivity", (await hubs[^1].EndOfAsync("bad")).ReadOutputAs<string>());
        Assert.Equal(1, (await hubs[^1].RunAsync("Good")).ReadOutputAs<int>());
        await Task.WhenAll(hubs.Select(hub => hub.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Kills_from_outside_in_a_row_are_not_held_against_the_activities_they_interrupt()
    {
        var storage = new MemoryHub();
        var kills = 6;
        var tasks = new TestTasks()
            .Orchestrator("O", async context => (object?)await context.CallActivityAsync<string>("Innocent"))
            .Activity("Innocent", async (_, cancellation) =>
            {
                await Task.Delay(kills > 0 ? Timeout.Infinite : 0, cancellation);
                return "done";
            });
        var hubs = new List<TestHub> { await TestHub.StartAsync(tasks, storage) };
        string[] ids = [await hubs[0].Client.ScheduleNewOrchestrationInstanceAsync("O"), await hubs[0].Client.ScheduleNewOrchestrationInstanceAsync("O")];
        while (kills > 0)
        {
            await hubs[^1].KillAsync();
            kills--;
            hubs.Add(await TestHub.StartAsync(tasks, storage));
        }

        foreach (var id in ids)
        {
            Assert.Equal("done", (await hubs[^1].EndOfAsync(id)).ReadOutputAs<string>());
        }

        await Task.WhenAll(hubs.Select(hub => hub.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Restarts_in_good_order_are_not_held_against_a_long_activity()
    {
        var storage = new MemoryHub();
        var restarts = 5;
        var tasks = new TestTasks()
            .Orchestrator("O", async context => (object?)await context.CallActivityAsync<string>("Long"))
            .Activity("Long", async (call, cancellation) =>
            {
                await Task.Delay(restarts > 0 ? Timeout.Infinite : 0, cancellation);
                return "done";
            });
        var id = "";
        for (; restarts > 0; restarts--)
        {
            await using var hub = await TestHub.StartAsync(tasks, storage);
            id = id.Length > 0 ? id : await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        }

        await using var last = await TestHub.StartAsync(tasks, storage);
        Assert.Equal("done", (await last.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_stop_is_not_held_up_by_an_activity_that_ignores_its_token()
    {
        var storage = new MemoryHub();
        using var release = new ManualResetEventSlim();
        var hub = await TestHub.StartAsync(
            new TestTasks()
                .Orchestrator("O", context => context.CallActivityAsync("Deaf"))
                .Activity("Deaf", (_, _) =>
                {
                    release.Wait(CancellationToken.None);
                    return Task.FromResult<object?>(null);
                }),
            storage,
            options: new EngineOptions { ShutdownGrace = TimeSpan.FromMilliseconds(50) });
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");

        await hub.DisposeAsync();

        Assert.True(storage.WasReleased);
        release.Set();
    }

    [Fact]
    public async Task Timers_that_came_due_meanwhile_fire_at_start()
    {
        var (storage, clock) = (new MemoryHub(), new ManualTime());
        var tasks = new TestTasks().Orchestrator("O", async context =>
        {
            var timers = new[] { 3, 1, 2 }.Select(hours => context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None)).ToList();
            var order = "";
            while (timers.Count > 0)
            {
                var fired = await Task.WhenAny(timers);
                order += timers.Count;
                timers.Remove(fired);
            }

            return (object?)order;
        });
        var first = await TestHub.StartAsync(tasks, storage, clock);
        var id = await first.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await first.KillAsync();
        clock.Set(clock.GetUtcNow().AddDays(1));
        await using var second = await TestHub.StartAsync(tasks, storage, clock);

        Assert.Equal("321", (await second.EndOfAsync(id)).ReadOutputAs<string>());
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Ten_thousand_timers_of_one_second_all_fire_and_400_days_are_kept()
    {
        var clock = new ManualTime();
        await using var hub = await TestHub.StartAsync(
            new TestTasks().Orchestrator("O", async context =>
            {
                await Task.WhenAll(Enumerable.Range(0, 10_000).Select(_ => context.CreateTimer(TimeSpan.FromDays(400), CancellationToken.None)));
                return (object?)context.CurrentUtcDateTime;
            }),
            time: clock);
        var began = clock.GetUtcNow();
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        clock.Advance(TimeSpan.FromDays(400) - TimeSpan.FromSeconds(1));
        var early = await hub.Client.GetInstanceAsync(id);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(OrchestrationRuntimeStatus.Running, early!.RuntimeStatus);
        Assert.Equal(began.AddDays(400).UtcDateTime, (await hub.EndOfAsync(id)).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task A_history_of_ten_thousand_events_goes_on_after_a_restart()
    {
        var storage = new MemoryHub();
        var tasks = new TestTasks().Orchestrator("O", async context =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                await context.WaitForExternalEvent<int>("e");
            }

            return (object?)await context.WaitForExternalEvent<string>("last");
        });
        var first = await TestHub.StartAsync(tasks, storage, options: new EngineOptions { CachedOrchestrators = 10 });
        var id = await first.Client.ScheduleNewOrchestrationInstanceAsync("O");
        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i => first.Client.RaiseEventAsync(id, "e", i)));
        await first.KillAsync();
        await using var second = await TestHub.StartAsync(tasks, storage);
        await second.Client.RaiseEventAsync(id, "last", "x");

        Assert.Equal("x", (await second.EndOfAsync(id)).ReadOutputAs<string>());
        await first.DisposeAsync();
    }

    [Theory]
    [InlineData("[{\"t\":\"start\"")]
    [InlineData("[{\"t\":\"nonsense\"}]")]
    public async Task A_corrupt_history_fails_its_instance_only(string corrupt)
    {
        var storage = new MemoryHub();
        var tasks = new TestTasks().Orchestrator("O", async context => (object?)await context.WaitForExternalEvent<string>("e"));
        var first = await TestHub.StartAsync(tasks, storage);
        await first.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions("bad"));
        await first.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions("good"));
        await first.KillAsync();
        storage.Rows["bad"] = storage.Rows["bad"] with { Events = [corrupt] };
        await using var second = await TestHub.StartAsync(tasks, storage);
        await second.Client.RaiseEventAsync("good", "e", "x");

        Assert.Equal("x", (await second.EndOfAsync("good")).ReadOutputAs<string>());
        Assert.Equal("HistoryUnreadable", (await second.EndOfAsync("bad")).FailureDetails!.ErrorType);
        await first.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Children_of_a_terminated_parent_end_only_when_asked_even_over_a_kill(bool recursive)
    {
        var storage = new MemoryHub();
        var tasks = new TestTasks()
            .Orchestrator("Top", context => context.CallSubOrchestratorAsync("Middle", options: new SubOrchestrationOptions(instanceId: "middle")))
            .Orchestrator("Middle", context => context.CallSubOrchestratorAsync("Leaf", options: new SubOrchestrationOptions(instanceId: "leaf")))
            .Orchestrator("Leaf", async context => (object?)await context.WaitForExternalEvent<string>("go"));
        var dies = false;
        var session = new MemorySession(storage) { Crash = (_, after) => after && dies };
        var first = await TestHub.StartAsync(tasks, session: session);
        await first.Client.ScheduleNewOrchestrationInstanceAsync("Top", new StartOrchestrationOptions("top"));
        await first.Client.WaitForInstanceStartAsync("leaf", TestHub.Soon);
        dies = true;
        await Assert.ThrowsAnyAsync<Exception>(() => first.Client.TerminateInstanceAsync("top", new TerminateInstanceOptions(Recursive: recursive)));
        await using var second = await TestHub.StartAsync(tasks, storage);
        if (!recursive)
        {
            await second.Client.RaiseEventAsync("leaf", "go", "x");
        }

        var expected = recursive ? OrchestrationRuntimeStatus.Terminated : OrchestrationRuntimeStatus.Completed;
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await second.EndOfAsync("top")).RuntimeStatus);
        Assert.Equal(expected, (await second.EndOfAsync("middle")).RuntimeStatus);
        Assert.Equal(expected, (await second.EndOfAsync("leaf")).RuntimeStatus);
        await first.DisposeAsync();
    }
}
