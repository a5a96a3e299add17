using BuildFunctions.Engine.Tests.Storage.Simulation;

namespace BuildFunctions.Engine.Tests.Storage;

/// <summary>Runs instances to their end, through faults and process after process, and checks at every take-over and at the end.</summary>
internal sealed class FaultRun
{
    private const int MaximumProcesses = 20;

    private readonly ModelInstance[] _instances;

    public FaultRun(int seed, params ModelInstance[] instances)
    {
        (World, _instances) = (new(seed), instances);
        Storage = new(World);
    }

    public SimWorld World { get; }

    public FakeStorage Storage { get; }

    public RecordingLog Log { get; } = new();

    public int Processes { get; private set; }

    public int CallsOfFirst { get; private set; }

    /// <param name="faults">What happens to the calls of each process.</param>
    /// <param name="standby">Whether the next process waits already, or is started when the one before has ended.</param>
    public void Run(Func<int, Func<int, string, Fault>> faults, bool standby)
    {
        var open = new List<(SimHub Hub, Task Work)>();
        while (Array.Exists(_instances, instance => !instance.IsFinished))
        {
            while (open.Count < (standby ? 2 : 1))
            {
                open.Add(Open(faults));
            }

            Assert.InRange(Processes, 0, MaximumProcesses);
            World.Run(Task.WhenAny(open.SelectMany(process => (Task[])[process.Work, process.Hub.Process.Dead, process.Hub.Hub.Ownership.Lost])));
            foreach (var ended in open.FindAll(process => process.Work.IsCompleted || !process.Hub.Process.IsAlive || process.Hub.Hub.Ownership.Lost.IsCompleted))
            {
                CallsOfFirst = CallsOfFirst == 0 ? ended.Hub.Transport.Calls : CallsOfFirst;
                if (ended.Work.Exception?.GetBaseException() is Xunit.Sdk.XunitException or ArgumentException or InvalidOperationException)
                {
                    ended.Work.GetAwaiter().GetResult();
                }

                ended.Hub.Process.Kill();
                open.Remove(ended);
            }
        }

        open.ForEach(process => process.Hub.Process.Kill());
        World.RunFor(TimeSpan.FromMinutes(2));
        Assert.Empty(Storage.Violations);
        var last = new SimHub(World, Storage, "last", Log);
        World.Run(last.Process.Start(() => CheckAsync(last)));
        Assert.Empty(Storage.Violations);
    }

    private (SimHub Hub, Task Work) Open(Func<int, Func<int, string, Fault>> faults)
    {
        var hub = new SimHub(World, Storage, $"p{Processes}", Log);
        hub.Transport.Faults = faults(Processes++);
        return (hub, hub.Process.Start(async () =>
        {
            await CheckAsync(hub);
            await Task.WhenAll(_instances.Select(instance => instance.RunAsync(hub.Store)));
        }));
    }

    private async Task CheckAsync(SimHub hub)
    {
        await hub.Hub.Ownership.AcquireAsync(default);
        var loaded = await hub.Store.LoadLiveAsync(default);
        foreach (var instance in _instances)
        {
            await instance.CheckAsync(hub.Store);
            Assert.Equal(instance.ShouldBeLive, instance.IsLiveIn(loaded));
        }
    }
}
