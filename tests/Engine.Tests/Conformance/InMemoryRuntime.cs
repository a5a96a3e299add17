using BuildFunctions.Conformance;
using BuildFunctions.Engine.Tests.Harness;
using BuildFunctions.Testing.Broker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;

namespace BuildFunctions.Engine.Tests.Conformance;

/// <summary>DurableTask.Core with its own worker and client over gRPC, and with its storage in memory.</summary>
public sealed class InMemoryRuntime : Runtime
{
    private DurableTaskTestHost _host = null!;

    public override async Task InitializeAsync() => _host = await DurableTaskTestHost.StartAsync(
        registry =>
        {
            foreach (var (name, code) in ConformanceTasks.Orchestrators)
            {
                registry.AddOrchestratorFunc<string?, string?>(name, (context, _) => code(context));
            }

            foreach (var (name, code) in ConformanceTasks.Activities)
            {
                registry.AddActivityFunc<string, string?>(name, (_, text) => code(text));
            }
        },
        new DurableTaskTestHostOptions { Port = FreePort.Find() });

    public override async Task DisposeAsync() => await _host.DisposeAsync();

    public override Task<ClientAnswer> CallAsync(ClientCall call) => ClientGate.CallAsync(_host.Client, call, TestHub.Soon);

    public override T Of<T>(T engine, T inMemory, T extension) => inMemory;
}
