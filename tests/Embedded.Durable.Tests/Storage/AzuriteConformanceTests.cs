using BuildFunctions.Embedded.Durable.Storage;
using BuildFunctions.Embedded.Durable.Storage.Lease;
using BuildFunctions.Embedded.Durable.Storage.Transport;
using BuildFunctions.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Embedded.Durable.Tests.Storage;

public sealed class AzuriteConformanceTests : StoreConformance
{
    private protected override async Task RunAsync(Func<HubStorage, IHubTransport, Task> test)
    {
        var azurite = await Azurite.SharedAsync();
        var options = new HubStorageOptions { ConnectionString = azurite.ConnectionString, HubName = $"Hub{Guid.NewGuid():N}" };
        var transport = new AzureTransport(options);
        await transport.CreateAsync(default);
        await using var hub = HubStorage.Open(new StorageContext(transport, options, TimeProvider.System, Random.Shared, NullLogger.Instance), LeaseThread.Start);
        await test(hub, transport);
    }
}
