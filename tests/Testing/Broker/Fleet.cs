namespace BuildFunctions.Testing.Broker;

/// <summary>One host, or several that share one storage: what is asked goes to one after the other.</summary>
public sealed class Fleet : IAsyncDisposable
{
    private int _asked;

    private Fleet(RunningBroker first, int hosts) => Hosts = [first, .. Enumerable.Range(2, hosts - 1).Select(first.Beside)];

    public IReadOnlyList<RunningBroker> Hosts { get; }

    /// <summary>Has what all of them share: storage, folders, settings.</summary>
    public RunningBroker First => Hosts[0];

    public static async Task<Fleet> StartAsync(int hosts, IReadOnlyDictionary<string, string> settings)
    {
        var fleet = new Fleet(await RunningBroker.CreateAsync(settings, onDisk: true), hosts);
        foreach (var host in fleet.Hosts)
        {
            // One after the other: the first makes what the others find.
            await host.StartAsync();
        }

        return fleet;
    }

    /// <summary>Whose turn it is to be asked, whether it runs or not.</summary>
    public RunningBroker Next() => Hosts[(int)((uint)Interlocked.Increment(ref _asked) % Hosts.Count)];

    public void LaunchDead()
    {
        foreach (var host in Hosts.Where(host => host.ProcessId is null))
        {
            host.Launch();
        }
    }

    public Task ReadyAsync() => Task.WhenAll(Hosts.Select(host => host.ReadyAsync()));

    public async ValueTask DisposeAsync()
    {
        // The first, which the storage belongs to, is the last.
        foreach (var host in Hosts.Reverse())
        {
            await host.DisposeAsync();
        }
    }
}
