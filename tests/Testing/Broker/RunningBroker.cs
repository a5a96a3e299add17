using System.Diagnostics;
using System.Net;

namespace BuildFunctions.Testing.Broker;

/// <summary>The published host as a process of its own, with storage, port and folders that outlive it.</summary>
public sealed class RunningBroker : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly int _port = FreePort.Find();
    private readonly HttpClient _probe = new();
    private Process? _process;
    private long _readyAt;

    private RunningBroker(Azurite azurite, DirectoryInfo folder, Dictionary<string, string> settings)
    {
        Azurite = azurite;
        Folder = folder;
        _settings = settings;
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

    public string Log => Path.Combine(Folder.FullName, "broker.log");

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
        return new RunningBroker(azurite, folder, new(settings));
    }

    public async Task StartAsync()
    {
        Launch();
        await ReadyAsync();
    }

    public void Launch()
    {
        // A shell in front keeps the output in a file that the broker's death does not cut.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >>\"$BROKER_LOG\" 2>&1", Published.Host, "--urls", Url])
        {
            WorkingDirectory = Folder.FullName,
            Environment = { ["AzureWebJobsStorage"] = Storage, ["BF_DATA"] = Data, ["BF_CONFIG_DIR"] = Configuration, ["BROKER_LOG"] = Log },
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
    }

    public async Task ReadyAsync()
    {
        await Until.TrueAsync("the broker is ready", async () => _process!.HasExited ? throw new InvalidOperationException(Tail()) : await IsReadyAsync());
        _readyAt = Stopwatch.GetTimestamp();
    }

    /// <summary>SIGKILL: nothing of the broker runs on, nothing is written.</summary>
    public async Task KillAsync()
    {
        var process = _process!;
        process.Kill();
        await process.WaitForExitAsync();
        (_process, _readyAt) = (null, 0);
        process.Dispose();
    }

    public string Tail() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(60)) : "";

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        await Azurite.DisposeAsync();
        _probe.Dispose();
        if (!Keeps)
        {
            Folder.Delete(recursive: true);
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _probe.GetAsync($"{Url}/readyz");
            return answer.StatusCode == HttpStatusCode.OK && File.Exists(Path.Combine(Configuration, "local.json"));
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
