namespace BuildFunctions.BlackBox.Running;

/// <summary>The broker that most classes share.</summary>
public sealed class UsualBroker : IAsyncLifetime
{
    public TestBroker Broker { get; private set; } = null!;

    public HttpClient Http => Broker.Http;

    public HttpClient Stranger => Broker.Stranger;

    public async Task InitializeAsync() => Broker = await Brokers.UsualBroker;

    // It goes with the run.
    public Task DisposeAsync() => Task.CompletedTask;
}
