using BuildFunctions.Engine.Storage.Lease;
using BuildFunctions.Engine.Storage.Transport;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Engine.Storage;

/// <summary>A task hub as the engine opens it: acquire, load, commit. Run <see cref="Sweeper"/> now and then while it is owned.</summary>
internal sealed class HubStorage : IAsyncDisposable
{
    private readonly HubStore _store;

    private HubStorage(StorageContext storage, Heartbeat heartbeat)
    {
        Ownership = new(storage, heartbeat);
        _store = new(storage, Ownership);
        Sweeper = new(storage, _store);
    }

    public IHubStore Store => _store;

    public HubOwnership Ownership { get; }

    public HubSweeper Sweeper { get; }

    public static HubStorage Open(HubStorageOptions options, TimeProvider time, ILogger log) =>
        Open(new(new AzureTransport(options), options, time, Random.Shared, log), LeaseThread.Start);

    public static HubStorage Open(StorageContext storage, Heartbeat heartbeat) =>
        storage.Options.HubName is { Length: >= 3 and <= 45 } name && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit)
            ? new(storage, heartbeat)
            : throw new ArgumentException(
                $"The hub name '{storage.Options.HubName}' is not 3 to 45 letters and digits with a letter first.", nameof(storage));

    public ValueTask DisposeAsync() => Ownership.DisposeAsync();
}
