using BuildFunctions.Engine.Storage;
using BuildFunctions.Engine.Storage.Transport;
using BuildFunctions.Engine.Tests.Storage.Simulation;

namespace BuildFunctions.Engine.Tests.Storage;

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
