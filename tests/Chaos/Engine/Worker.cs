using BuildFunctions.Engine;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Chaos.Engine;

/// <summary>The process that is killed: owns the hub, starts what was not started, and reports each result once everything has ended.</summary>
internal sealed class Worker(string connection, string folder, int instances)
{
    public async Task RunAsync()
    {
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        await using var storage = HubStorage.Open(
            new HubStorageOptions { Account = StorageAccount.Of(connection), HubName = "Chaos", Process = HostProcess.Name, HasEnded = HostProcess.HasEnded },
            TimeProvider.System,
            loggers.CreateLogger<HubStorage>());
        DurableTaskClient? client = null;
        await using var hub = new TaskHub(new HubEnvironment
        {
            Store = storage.Store,
            Ownership = storage.Ownership,
            Catalog = new ChaosTasks(Path.Combine(folder, "effects"), () => client!),
            Loggers = loggers,
            // Kills here are nobody's fault: no activity is to be blamed for them.
            Options = new EngineOptions { HubName = "Chaos", MaximumCrashes = int.MaxValue, CachedOrchestrators = 100 },
        });
        client = new HubClient(hub);
        await hub.OpenAsync(CancellationToken.None);
        Console.WriteLine("ready");
        _ = hub.Failed.ContinueWith(failed => Environment.FailFast("The hub failed.", failed.Result), TaskScheduler.Default);
        await Parallel.ForAsync(0, instances, new ParallelOptions { MaxDegreeOfParallelism = 8 }, (n, _) => StartAsync(client, n));
        for (var n = 0; n < instances; n++)
        {
            var end = await client.WaitForInstanceCompletionAsync(Plan.Id(n), getInputsAndOutputs: true);
            Console.WriteLine($"{n} {end.RuntimeStatus} {end.SerializedOutput}");
        }

        Console.WriteLine("done");
    }

    private async ValueTask StartAsync(DurableTaskClient client, int n)
    {
        if (await client.GetInstanceAsync(Plan.Id(n)) is null)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(Plan.Kind(n), null, new StartOrchestrationOptions(Plan.Id(n)));
        }
    }
}
