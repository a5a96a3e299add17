using BuildFunctions.Conformance;
using BuildFunctions.Engine.Tests.Harness;

namespace BuildFunctions.Engine.Tests.Conformance;

/// <summary>This engine.</summary>
public sealed class EngineRuntime : Runtime
{
    private TestHub _hub = null!;

    public override async Task InitializeAsync()
    {
        var tasks = new TestTasks();
        foreach (var (name, code) in ConformanceTasks.Orchestrators)
        {
            tasks.Orchestrator(name, async context => (object?)await code(context));
        }

        foreach (var (name, code) in ConformanceTasks.Activities)
        {
            tasks.Activity<string>(name, code);
        }

        _hub = await TestHub.StartAsync(tasks);
    }

    public override async Task DisposeAsync() => await _hub.DisposeAsync();

    public override Task<ClientAnswer> CallAsync(ClientCall call) => ClientGate.CallAsync(_hub.Client, call, TestHub.Soon);

    public override T Of<T>(T engine, T inMemory, T extension) => engine;
}
