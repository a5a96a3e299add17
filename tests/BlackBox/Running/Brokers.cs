using System.Collections.Concurrent;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.BlackBox.Running;

/// <summary>The brokers of this run, each started when the first test asks for it, on a storage of its own, and ended with the run if not before.</summary>
public static class Brokers
{
    /// <summary>Builds that yield to the tests make the tests wait; local runs stand for builders elsewhere that call back.</summary>
    private static readonly (string Name, string Value)[] _always = [("Local__Nice", "0"), ("Local__CallsBack", "true")];

    /// <summary>Room for more builds at a time than most brokers have, so that tests do not wait for each other; and clones from this machine's folders.</summary>
    private static readonly (string Name, string Value)[] _roomy = [("Queue__MaxConcurrent", "12"), ("Git__Protocols", "https:file")];

    private static readonly ConcurrentBag<TestBroker> _started = [];

    private static readonly Lazy<Task<TestBroker>> _usual = new(UsualAsync);

    /// <summary>For tests that keep to apps of their own.</summary>
    public static Task<TestBroker> UsualBroker => _usual.Value;

    /// <summary>Servers that the usual broker may send webhooks to.</summary>
    internal static Receivers Receivers { get; } = new();

    /// <summary>One with settings of its own.</summary>
    public static async Task<TestBroker> StartAsync(params (string Name, string Value)[] settings)
    {
        if (Given() is not null)
        {
            throw new InvalidOperationException(
                "This test needs a broker with settings of its own, which BF_URL cannot be: leave it out (--filter Broker!=own) or let the suite start its brokers.");
        }

        // Storage on disk, as users have it.
        var all = _always.Concat(settings).ToDictionary(setting => setting.Name, setting => setting.Value);
        var process = await RunningBroker.CreateAsync(all, onDisk: true);
        await process.StartAsync();
        using var local = process.Client();
        return Started(local.BaseAddress!, local.DefaultRequestHeaders.Authorization!.Parameter!, process);
    }

    /// <summary>What the brokers wrote, for whoever looks into a failure.</summary>
    public static void KeepLogs(string folder)
    {
        foreach (var (index, broker) in _started.Where(broker => broker.Log.Length > 0).Index())
        {
            File.WriteAllText(Path.Combine(folder, $"blackbox-{Report.Name}-broker-{index}.log"), broker.Log);
        }
    }

    public static async Task EndAsync()
    {
        await Task.WhenAll(_started.Select(broker => broker.DisposeAsync().AsTask()));
        await Receivers.DisposeAsync();
    }

    private static async Task<TestBroker> UsualAsync()
    {
        if (Given() is { } given)
        {
            return Started(given.Address, given.Token, process: null);
        }

        var allowed = await Receivers.OriginsAsync();
        return await StartAsync([.. _roomy, .. allowed.Select((origin, index) => ($"Outgoing__AllowedHosts__{index}", origin))]);
    }

    private static TestBroker Started(Uri address, string token, RunningBroker? process)
    {
        var broker = new TestBroker(address, token, process);
        _started.Add(broker);
        return broker;
    }

    private static (Uri Address, string Token)? Given() =>
        Environment.GetEnvironmentVariable("BF_URL") is { Length: > 0 } url ? (new Uri(url), Environment.GetEnvironmentVariable("BF_TOKEN") ?? "") : null;
}
