using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Bench;

/// <summary>The whole engine in this process over an Azurite.</summary>
internal sealed class BenchHub : ITaskCatalog, IAsyncDisposable
{
    public const int ActivitiesEach = 5;

    private readonly HubStorage _storage;
    private readonly TaskHub _hub;
    private readonly SemaphoreSlim _resumed = new(0);

    private BenchHub(string connection, string name)
    {
        _storage = HubStorage.Open(new() { Account = StorageAccount.Of(connection), HubName = "Engine" + name }, TimeProvider.System, NullLogger.Instance);
        _hub = new TaskHub(new HubEnvironment
        {
            Store = _storage.Store,
            Ownership = _storage.Ownership,
            Catalog = this,
            Loggers = NullLoggerFactory.Instance,
        });
        Client = new HubClient(_hub);
    }

    public DurableTaskClient Client { get; }

    public IHubStore Store => _storage.Store;

    public int LiveCount => _hub.Live.Count;

    public static async Task<BenchHub> OpenAsync(string connection, string name)
    {
        var hub = new BenchHub(connection, name);
        await hub._hub.OpenAsync(CancellationToken.None);
        return hub;
    }

    /// <summary>Five activities, one after the other: six steps.</summary>
    public async Task ChainAsync()
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync("Chain");
        var end = await Client.WaitForInstanceCompletionAsync(id);
        _ = end.RuntimeStatus is OrchestrationRuntimeStatus.Completed ? 0 : throw new InvalidOperationException($"{id} is {end.RuntimeStatus}.");
    }

    public Task ResumedAsync() => _resumed.WaitAsync();

    public Func<TaskOrchestrationContext, Task<object?>>? FindOrchestrator(string name) => name switch
    {
        "Chain" => async context =>
        {
            for (var i = 0; i < ActivitiesEach; i++)
            {
                await context.CallActivityAsync<string>("Echo", "hello");
            }

            return null;
        }
        ,
        "Wait" => async context =>
        {
            while (true)
            {
                await context.WaitForExternalEvent<string>("go");
            }
        }
        ,
        "Answer" => async context =>
        {
            while (true)
            {
                await context.WaitForExternalEvent<string>("go");
                await context.CallActivityAsync<string>("Resumed", "");
            }
        }
        ,
        _ => null,
    };

    public Func<ActivityCall, CancellationToken, Task<object?>>? FindActivity(string name) => (call, _) =>
    {
        if (name == "Resumed")
        {
            _resumed.Release();
        }

        return Task.FromResult<object?>(call.Name);
    };

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _storage.DisposeAsync();
        _resumed.Dispose();
    }
}
