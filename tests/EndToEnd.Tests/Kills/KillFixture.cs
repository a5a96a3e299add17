using BuildFunctions.EndToEnd.Tests.Broker;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.EndToEnd.Tests.Kills;

/// <summary>A broker that its tests kill, one build at a time, so that a slot that was not freed stops the next test.</summary>
public sealed class KillFixture : IAsyncLifetime
{
    public RunningBroker Broker { get; private set; } = null!;

    public Bf Bf => new(Broker);

    public async Task InitializeAsync() => Broker = await RunningBroker.StartAsync(("Queue__MaxConcurrent", "1"));

    public async Task DisposeAsync() => await Broker.DisposeAsync();
}
