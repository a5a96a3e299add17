using BuildFunctions.EndToEnd.Tests.Broker;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.EndToEnd.Tests.Commands;

/// <summary>A broker that may also clone from this machine's folders.</summary>
public sealed class CommandFixture : IAsyncLifetime
{
    public RunningBroker Broker { get; private set; } = null!;

    public BrokerApi Api { get; private set; } = null!;

    public Bf Bf => new(Broker);

    public async Task InitializeAsync()
    {
        Broker = await RunningBroker.StartAsync(("Git__Protocols", "https:file"));
        Api = new BrokerApi(Broker);
    }

    public async Task DisposeAsync()
    {
        Api.Dispose();
        await Broker.DisposeAsync();
    }
}
