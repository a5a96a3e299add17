using System.Collections.Concurrent;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.BlackBox.Running;

/// <summary>The brokers of this run, each started when the first test asks for it, all on one storage, all ended with the run.</summary>
public static class Brokers
{
    private static readonly Lazy<Task<Azurite>> _storage = new(NewStorageAsync);
    private static readonly ConcurrentBag<TestBroker> _started = [];
    private static readonly ConcurrentBag<(Azurite Storage, DirectoryInfo Folder)> _storages = [];
    private static int _number;

    private static readonly Lazy<Task<TestBroker>> _usual = new(UsualAsync);

    /// <summary>For tests that keep to apps of their own. It has room for more builds at a time than most, so that tests do not wait for each other.</summary>
    public static Task<TestBroker> UsualBroker => _usual.Value;

    /// <summary>Servers that the usual broker may send webhooks to.</summary>
    internal static Receivers Receivers { get; } = new();

    /// <summary>One with settings of its own.</summary>
    public static async Task<TestBroker> StartAsync(params (string Name, string Value)[] settings) => await StartAsync(await _storage.Value, settings);

    /// <summary>A storage that a test may treat badly; on disk, as those of users are.</summary>
    public static async Task<Azurite> NewStorageAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bf-azurite-");
        var storage = await Azurite.StartAsync(folder.FullName);
        _storages.Add((storage, folder));
        return storage;
    }

    public static async Task<TestBroker> StartAsync(Azurite storage, params (string Name, string Value)[] settings)
    {
        if (Given() is not null)
        {
            throw new InvalidOperationException("This test needs a broker with settings of its own, which BF_URL cannot be: leave it out (--filter Broker!=own) or let the suite start its brokers.");
        }

        var name = $"bb{Interlocked.Increment(ref _number)}x{Environment.ProcessId}";
        Dictionary<string, string> all = new()
        {
            ["Storage__Prefix"] = name,
            ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = name,
            // Builds that yield to the tests make the tests wait.
            ["Local__Nice"] = "0",

            // Local runs stand for builders elsewhere that call back, and tests reach into their folders.
            ["Local__CallsBack"] = "true",
            ["Local__OwnUsers"] = "false",
        };
        foreach (var (setting, value) in settings)
        {
            all[setting] = value;
        }

        var process = RunningBroker.On(storage, all);
        await process.StartAsync();
        using var plain = process.Client();
        var broker = new TestBroker(plain.BaseAddress!, new HttpClient(new SeenCodes(new HttpClientHandler())) { BaseAddress = plain.BaseAddress, DefaultRequestHeaders = { Authorization = plain.DefaultRequestHeaders.Authorization } }, process);
        _started.Add(broker);
        return broker;
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
        foreach (var (storage, folder) in _storages)
        {
            await storage.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<TestBroker> UsualAsync()
    {
        if (Given() is { } given)
        {
            var admin = new HttpClient(new SeenCodes(new HttpClientHandler())) { BaseAddress = given.Address, DefaultRequestHeaders = { Authorization = new("Bearer", given.Token) } };
            var broker = new TestBroker(given.Address, admin, process: null);
            _started.Add(broker);
            return broker;
        }

        var allowed = await Receivers.OriginsAsync();
        return await StartAsync([("Queue__MaxConcurrent", "12"), ("Git__Protocols", "https:file"), .. allowed.Select((origin, index) => ($"Outgoing__AllowedHosts__{index}", origin))]);
    }

    private static (Uri Address, string Token)? Given() =>
        Environment.GetEnvironmentVariable("BF_URL") is { Length: > 0 } url ? (new Uri(url), Environment.GetEnvironmentVariable("BF_TOKEN") ?? "") : null;
}
