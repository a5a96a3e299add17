using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using BuildFunctions.Engine.Tests.Harness;
using BuildFunctions.Engine.Tests.Storage.Simulation;
using BuildFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Engine.Tests;

/// <summary>The whole engine over a real Azurite, where amounts matter.</summary>
public sealed class AzuriteEngineTests
{
    private const int Burst = 5_000;
    private const int LongHistory = 10_000;

    private static TestTasks Counter(int events) => new TestTasks().Orchestrator("Count", async context =>
    {
        var sum = 0L;
        for (var i = 0; i < events; i++)
        {
            sum += await context.WaitForExternalEvent<int>("e");
        }

        return (object?)$"{sum} {await context.WaitForExternalEvent<string>("last")}";
    });

    [Fact]
    public async Task Five_thousand_starts_in_one_burst_are_acknowledged_and_there_after_a_restart()
    {
        var options = await OptionsAsync();
        var first = await OpenAsync(options, Counter(0));
        await Task.WhenAll(Enumerable.Range(0, Burst).Select(n =>
            first.Client.ScheduleNewOrchestrationInstanceAsync("Count", new StartOrchestrationOptions($"burst{n}"))));
        await first.Hub.DisposeAsync();
        var second = await OpenAsync(options, Counter(0));
        var live = second.Hub.Live.Select(instance => instance.Id).ToHashSet();
        await second.Hub.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, Burst).Select(n => $"burst{n}").ToHashSet(), live);
    }

    [Fact]
    public async Task A_history_of_ten_thousand_events_is_warned_of_and_goes_on_after_a_restart()
    {
        var options = await OptionsAsync();
        var log = new RecordingLog();
        var first = await OpenAsync(options, Counter(LongHistory), log);
        await first.Client.ScheduleNewOrchestrationInstanceAsync("Count", new StartOrchestrationOptions("long"));
        await Task.WhenAll(Enumerable.Range(0, LongHistory).Select(i => first.Client.RaiseEventAsync("long", "e", i)));
        await first.Hub.DisposeAsync();
        var second = await OpenAsync(options, Counter(LongHistory));
        await second.Client.RaiseEventAsync("long", "last", "x");
        var end = await second.Client.WaitForInstanceCompletionAsync("long", true, TestHub.Soon);
        await second.Hub.DisposeAsync();

        Assert.Equal($"{LongHistory * (LongHistory - 1L) / 2} x", end.ReadOutputAs<string>());
        Assert.Equal(1, log.Count("Use ContinueAsNew"));
    }

    [Fact]
    public async Task Connections_that_storage_reset_while_idle_cost_nothing_and_nothing_happens_twice()
    {
        var azurite = await Azurite.SharedAsync();
        using var proxy = new CuttingProxy(azurite.TablePort);
        var reset = await OptionsAsync() with { Account = StorageAccount.Of(azurite.ConnectionString.Replace($":{azurite.TablePort}/", $":{proxy.Port}/", StringComparison.Ordinal)) };
        var runs = 0;
        var hub = await OpenAsync(reset, new TestTasks()
            .Orchestrator("Loop", async context =>
            {
                var sum = 0;
                for (var i = 0; i < 5; i++)
                {
                    sum += await context.CallActivityAsync<int>("Run", await context.WaitForExternalEvent<int>("e"));
                }

                return (object?)sum;
            })
            .Activity<int>("Run", number =>
            {
                Interlocked.Increment(ref runs);
                return number;
            }));
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Loop", new StartOrchestrationOptions("loop"));
        var cut = 0;
        for (var i = 1; i <= 5; i++)
        {
            cut += proxy.Cut();
            await hub.Client.RaiseEventAsync("loop", "e", i);
        }

        var end = await hub.Client.WaitForInstanceCompletionAsync("loop", true, TestHub.Soon);
        await hub.Hub.DisposeAsync();

        Assert.Equal(15, end.ReadOutputAs<int>());
        Assert.Equal(5, runs);
        Assert.True(cut >= 5, $"{cut} connections were cut.");
    }

    private static async Task<HubStorageOptions> OptionsAsync() => new()
    {
        Account = StorageAccount.Of((await Azurite.SharedAsync()).ConnectionString),
        HubName = $"Engine{Guid.NewGuid():N}",
    };

    private static async Task<(TaskHub Hub, DurableTaskClient Client)> OpenAsync(HubStorageOptions options, TestTasks tasks, ILogger? log = null)
    {
        var storage = HubStorage.Open(options, TimeProvider.System, NullLogger.Instance);
        var hub = new TaskHub(new HubEnvironment
        {
            Store = storage.Store,
            Ownership = storage.Ownership,
            Catalog = tasks,
            Loggers = log is null ? NullLoggerFactory.Instance : new OneLog(log),
        });
        await hub.OpenAsync(TestHub.Soon);
        return (hub, new HubClient(hub));
    }

    private sealed class OneLog(ILogger log) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
