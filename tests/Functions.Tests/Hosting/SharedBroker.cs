namespace BuildFunctions.Functions.Tests.Hosting;

/// <summary>One broker for the tests that need nothing special of it; each keeps to apps of its own.</summary>
public sealed class SharedBroker : IAsyncLifetime
{
    internal BrokerHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await BrokerHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
