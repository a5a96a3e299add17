namespace BuildFunctions.BlackBox.Limits;

/// <summary>One build at a time, a short queue, short time-outs.</summary>
public sealed class LimitedBroker : IAsyncLifetime
{
    public TestBroker Broker { get; private set; } = null!;

    public async Task InitializeAsync() => Broker = await Brokers.StartAsync(
        ("Queue__MaxConcurrent", "1"), ("Queue__MaxWaiting", "3"), ("Queue__Supersede", "queued"), ("Builds__SourceTimeout", "00:00:10"), ("Builds__MaxTimeout", "00:10:00"));

    public async Task DisposeAsync() => await Broker.DisposeAsync();
}
