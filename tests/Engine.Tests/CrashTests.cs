using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using BuildFunctions.Engine.Tests.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

/// <summary>Every scenario is killed at every storage call, before and after it took effect, and must end as if nothing had happened.</summary>
public sealed class CrashTests
{
    internal static readonly TestTasks Tasks = new TestTasks()
        .Activity<int>("Add", n => n + 1)
        .Activity<int>("Flaky", _ => throw new TimeoutException())
        .Orchestrator("chain", async context =>
        {
            var n = 0;
            for (var i = 0; i < 5; i++)
            {
                n = await context.CallActivityAsync<int>("Add", n);
            }

            return (object?)n;
        })
        .Orchestrator("fan", async context => (object?)(await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => context.CallActivityAsync<int>("Add", i)))).Sum())
        .Orchestrator("timers", async context =>
        {
            await Task.WhenAll(context.CreateTimer(TimeSpan.FromMilliseconds(2), CancellationToken.None), context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None));
            return (object?)"fired";
        })
        .Orchestrator("children", async context => (object?)string.Join(",", await Task.WhenAll(
            context.CallSubOrchestratorAsync<int>("chain"), context.CallSubOrchestratorAsync<int>("fan"))))
        .Orchestrator("continue", async context =>
        {
            var n = await context.CallActivityAsync<int>("Add", context.GetInput<int>());
            if (n < 4)
            {
                context.ContinueAsNew(n);
            }

            return (object?)n;
        })
        .Orchestrator("retry", async context => (object?)(await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync(
            "Flaky", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)))))).FailureDetails.ErrorType)
        .Orchestrator("large", async context => (object?)(await context.CallActivityAsync<string>("Echo", new string('x', 40_000))).Length)
        .Activity<string>("Echo", text => text);

    public static TheoryData<string, string> Scenarios() => new()
    {
        { "chain", "5" }, { "fan", "21" }, { "timers", "\"fired\"" }, { "children", "\"5,21\"" }, { "continue", "4" },
        { "retry", "\"System.TimeoutException\"" }, { "large", "40000" },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Killed_at_any_storage_call_it_ends_the_same(string scenario, string expected)
    {
        var total = await RunAsync(scenario, expected, (_, _) => false);
        for (var call = 1; call <= total; call++)
        {
            await RunAsync(scenario, expected, (number, after) => number == call && !after);
            await RunAsync(scenario, expected, (number, after) => number == call && after);
        }
    }

    private static async Task<int> RunAsync(string scenario, string expected, Func<int, bool, bool> crash)
    {
        var storage = new MemoryHub();
        var options = new EngineOptions { MaximumCrashes = 100 };
        var session = new MemorySession(storage) { Crash = crash };
        var hub = await StartAsync();
        string? output = null;
        while (output is null)
        {
            try
            {
                if (await hub.Client.GetInstanceAsync("i") is null)
                {
                    await hub.Client.ScheduleNewOrchestrationInstanceAsync(scenario, new StartOrchestrationOptions("i"));
                }

                output = (await hub.EndOfAsync("i")).SerializedOutput;
            }
            catch (Exception dead) when (dead is HubUnavailableException or FencedException)
            {
                await hub.DisposeAsync();
                session = new MemorySession(storage);
                hub = await StartAsync();
            }
        }

        Assert.Equal(expected, output);
        Assert.All(storage.Rows.Values, row => Assert.True(row.Head.IsTerminal, $"{row.Head.Id} is left behind"));
        var calls = session.Calls;
        await hub.DisposeAsync();
        return calls;

        async Task<TestHub> StartAsync()
        {
            while (true)
            {
                try
                {
                    return await TestHub.StartAsync(Tasks, storage, options: options, session: session);
                }
                catch (FencedException)
                {
                    session = new MemorySession(storage);
                }
            }
        }
    }
}
