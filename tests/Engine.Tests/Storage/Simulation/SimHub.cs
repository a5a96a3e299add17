using BuildFunctions.Engine.Storage;

namespace BuildFunctions.Engine.Tests.Storage.Simulation;

/// <summary>A process with the hub open in it.</summary>
internal sealed class SimHub
{
    /// <param name="hasEnded">For processes of one machine, which can tell about each other.</param>
    public SimHub(SimWorld world, FakeStorage storage, string name, RecordingLog? log = null, Func<string, bool>? hasEnded = null)
    {
        Process = new(world, name);
        Transport = new(storage, Process);
        Log = log ?? new();
        var options = new HubStorageOptions { Account = StorageAccount.Of(""), HubName = "Sim" };
        options = hasEnded is null ? options : options with { Process = name, HasEnded = hasEnded };
        Hub = HubStorage.Open(new StorageContext(Transport, options, Process, new(world.Random.Next()), Log), Beat);
    }

    public SimProcess Process { get; }

    public FakeTransport Transport { get; }

    public RecordingLog Log { get; }

    public HubStorage Hub { get; }

    public IHubStore Store => Hub.Store;

    public Task AcquireAsync() => Process.Start(() => Hub.Ownership.AcquireAsync(CancellationToken.None));

    public Task<IReadOnlyList<StoredInstance>> OpenAsync() => Process.Start(async () =>
    {
        await Hub.Ownership.AcquireAsync(CancellationToken.None);
        return await Hub.Store.LoadLiveAsync(CancellationToken.None);
    });

    private void Beat(Func<Task<TimeSpan>> beat, TimeSpan first, CancellationToken stop) => _ = Process.Start(async () =>
    {
        for (var wait = first; !stop.IsCancellationRequested; wait = await beat())
        {
            await Task.Delay(wait, Process, CancellationToken.None);
        }
    });
}
