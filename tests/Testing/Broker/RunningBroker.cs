using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Hosts;

namespace BuildFunctions.Testing.Broker;

/// <summary>A published host as a process of its own, with storage, port and folders that outlive it.</summary>
public sealed class RunningBroker : IAsyncDisposable
{
    private static readonly TimeSpan _orphanhood = TimeSpan.FromSeconds(10);

    private readonly PublishedHost _host;
    private readonly Dictionary<string, string> _settings;
    private readonly bool _ownsStorage;
    private readonly int _number;
    private readonly int _port = FreePort.Find();
    private readonly HttpClient _probe = new();
    private Process? _process;
    private long _readyAt;

    /// <param name="number">Which of the hosts on this folder and storage; the first one owns them.</param>
    private RunningBroker(PublishedHost host, Azurite azurite, bool ownsStorage, DirectoryInfo folder, IReadOnlyDictionary<string, string> settings, int number = 1)
    {
        (_host, Azurite, _ownsStorage, Folder, _settings, _number) = (host, azurite, ownsStorage, folder, new(settings), number);
        Directory.CreateDirectory(Scratch);
    }

    public Azurite Azurite { get; }

    public DirectoryInfo Folder { get; }

    /// <summary>Leaves the folder, with the log, when this object goes.</summary>
    public bool Keeps { get; set; }

    public string Url => $"http://127.0.0.1:{_port}";

    public string Storage => Azurite.ConnectionString;

    public string Configuration => Path.Combine(Folder.FullName, "config");

    public string Data => Path.Combine(Folder.FullName, "data");

    public string Scratch => Path.Combine(Folder.FullName, "scratch");

    public string Log => Path.Combine(Folder.FullName, _number == 1 ? "broker.log" : $"broker-{_number}.log");

    /// <summary>Whether the app runs in a process that the host starts.</summary>
    public bool HasWorkers => _host.Kind == HostKind.Functions;

    /// <summary>Null while no broker runs.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>How long this life has been ready; null before it is.</summary>
    public TimeSpan? ReadyFor => _readyAt == 0 ? null : Stopwatch.GetElapsedTime(_readyAt);

    public static async Task<RunningBroker> StartAsync(params (string Name, string Value)[] settings)
    {
        var broker = await CreateAsync(settings.ToDictionary(setting => setting.Name, setting => setting.Value), onDisk: false);
        await broker.StartAsync();
        return broker;
    }

    /// <summary>Storage and folders; no broker yet.</summary>
    /// <param name="onDisk">Storage in the folder; else it is in memory.</param>
    public static async Task<RunningBroker> CreateAsync(IReadOnlyDictionary<string, string> settings, bool onDisk)
    {
        var folder = Directory.CreateTempSubdirectory("bf-broker-");
        var azurite = await Azurite.StartAsync(onDisk ? folder.CreateSubdirectory("azurite").FullName : null);
        return new RunningBroker(PublishedHost.Chosen, azurite, ownsStorage: true, folder, settings);
    }

    /// <summary>The same on a storage that others use too and that stays.</summary>
    public static RunningBroker On(Azurite azurite, IReadOnlyDictionary<string, string> settings) =>
        new(PublishedHost.Chosen, azurite, ownsStorage: false, Directory.CreateTempSubdirectory("bf-broker-"), settings);

    /// <summary>Another host on the same storage and the same machine.</summary>
    public RunningBroker Beside(int number) => new(_host, Azurite, ownsStorage: false, Folder, _settings, number);

    public async Task StartAsync()
    {
        Launch();
        await ReadyAsync();
    }

    public void Launch()
    {
        // Builds of tests write into folders of the tests, which a run with a user of its own could not.
        var start = _host.Command(
            Url, Log, [new("AzureWebJobsStorage", Storage), new("BF_DATA", Data), new("BF_CONFIG_DIR", Configuration), new("Local__OwnUsers", "false"), .. _settings]);
        start.WorkingDirectory = Folder.FullName;
        _process = Process.Start(start)!;
    }

    public async Task ReadyAsync()
    {
        await Until.TrueAsync("the broker is ready", async () => _process!.HasExited ? throw new InvalidOperationException(Tail()) : await IsReadyAsync());
        _readyAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Until it is ready; a broker that ends by itself is started again.</summary>
    public async Task KeepUpAsync()
    {
        await Until.TrueAsync("the broker is ready or ends", async () => _process!.HasExited || await IsReadyAsync());
        if (_process!.HasExited)
        {
            _process.Dispose();
            await StartAsync();
        }
    }

    /// <summary>Sends the token that the broker left for this machine.</summary>
    public HttpClient Client()
    {
        var local = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(Configuration, LocalBroker.FileName)), ContractsJson.Default.LocalBroker)!;
        return new HttpClient { BaseAddress = new Uri(Url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", local.Token) } };
    }

    /// <summary>SIGKILL: nothing of the broker runs on, nothing is written. What the host had started must end by itself.</summary>
    public async Task KillAsync()
    {
        var process = _process!;
        var workers = Workers.Of(process.Id);
        process.Kill();
        await process.WaitForExitAsync();
        (_process, _readyAt) = (null, 0);
        process.Dispose();
        await Workers.EndAsync(workers, _orphanhood);
    }

    /// <summary>SIGKILL for what the host has started; the host is to start it again.</summary>
    public void KillWorkers()
    {
        _readyAt = 0;
        foreach (var worker in Workers.Of(_process!.Id))
        {
            using var process = Process.GetProcessById(worker);
            process.Kill();
        }
    }

    public string Tail() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(60)) : "";

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        if (_ownsStorage)
        {
            await Azurite.DisposeAsync();
        }

        _probe.Dispose();
        if (!Keeps && _number == 1)
        {
            RunProcesses.EndIn(Folder.FullName);
            Folder.Delete(recursive: true);
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _probe.GetAsync($"{Url}/readyz");
            return answer.StatusCode == HttpStatusCode.OK && File.Exists(Path.Combine(Configuration, LocalBroker.FileName));
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
