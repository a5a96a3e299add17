using BuildFunctions.Embedded.Durable.Storage;
using BuildFunctions.Embedded.Durable.Storage.Transport;
using BuildFunctions.Embedded.Durable.Tests.Storage.Simulation;

namespace BuildFunctions.Embedded.Durable.Tests.Storage;

public sealed class FakeStoreConformanceTests : StoreConformance
{
    private protected override Task RunAsync(Func<HubStorage, IHubTransport, Task> test)
    {
        var world = new SimWorld(1);
        var hub = new SimHub(world, new FakeStorage(world), "a");
        world.Run(hub.Process.Start(() => test(hub.Hub, hub.Transport)));
        return Task.CompletedTask;
    }
}
