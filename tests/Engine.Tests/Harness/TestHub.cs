using BuildFunctions.Engine.Hub;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static Microsoft.DurableTask.Worker.DurableTaskWorkerOptions;

namespace BuildFunctions.Engine.Tests.Harness;

/// <summary>The engine in this process over storage in memory; killed and started again at will.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    /// <summary>Run with DURABLE_TESTS_NO_CACHE=1, every test replays its orchestrators at every turn.</summary>
    public static bool NoCache { get; } = Environment.GetEnvironmentVariable("DURABLE_TESTS_NO_CACHE") == "1";

    public static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private TestHub(TaskHub hub, MemorySession session) => (Hub, Session, Client) = (hub, session, new HubClient(hub));

    public TaskHub Hub { get; }

    public MemorySession Session { get; }

    public DurableTaskClient Client { get; }

    public static async Task<TestHub> StartAsync(
        TestTasks tasks, MemoryHub? storage = null, TimeProvider? time = null, EngineOptions? options = null,
        MemorySession? session = null, ILoggerFactory? loggers = null, VersioningOptions? versioning = null)
    {
        session ??= new MemorySession(storage ?? new MemoryHub());
        options ??= new EngineOptions();
        if (NoCache)
        {
            options.CachedOrchestrators = 0;
        }

        var hub = new TaskHub(new HubEnvironment
        {
            Store = session,
            Ownership = session,
            Catalog = tasks,
            Loggers = loggers ?? NullLoggerFactory.Instance,
            Options = options,
            Versioning = versioning ?? new(),
            Time = time ?? TimeProvider.System,
        });
        await hub.OpenAsync(Soon);
        return new TestHub(hub, session);
    }

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, Soon);
        return await EndOfAsync(id);
    }

    public Task<OrchestrationMetadata> EndOfAsync(string id) => Client.WaitForInstanceCompletionAsync(id, true, Soon);

    public async Task KillAsync()
    {
        Session.Die();
        await Hub.Failed;
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
