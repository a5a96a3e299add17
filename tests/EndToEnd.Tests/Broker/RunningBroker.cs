using System.Diagnostics;
using System.Net;
using BuildFunctions.Testing;

namespace BuildFunctions.EndToEnd.Tests.Broker;

/// <summary>The published host as a process of its own, with storage, port and folders that outlive it.</summary>
public sealed class RunningBroker : IAsyncDisposable
{
    private readonly Azurite _azurite;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bf-e2e-");
    private readonly Dictionary<string, string> _settings;
    private readonly int _port = FreePort.Find();
    private readonly HttpClient _probe = new();
    private Process? _process;

    private RunningBroker(Azurite azurite, Dictionary<string, string> settings)
    {
        _azurite = azurite;
        _settings = settings;
        Directory.CreateDirectory(Scratch);
    }

    public string Url => $"http://127.0.0.1:{_port}";

    public string Storage => _azurite.ConnectionString;

    public string Configuration => Path.Combine(_folder.FullName, "config");

    public string Data => Path.Combine(_folder.FullName, "data");

    public string Scratch => Path.Combine(_folder.FullName, "scratch");

    /// <summary>Where the storage lies on disk; only for a broker that was started so.</summary>
    public string StorageFolder { get; private init; } = "";

    private string Log => Path.Combine(_folder.FullName, "broker.log");

    public static async Task<RunningBroker> StartAsync(params (string Name, string Value)[] settings)
    {
        var broker = new RunningBroker(await Azurite.StartAsync(), settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        await broker.StartAsync();
        return broker;
    }

    public static async Task<RunningBroker> StartOnDiskAsync(params (string Name, string Value)[] settings)
    {
        var storage = Directory.CreateTempSubdirectory("bf-e2e-storage-").FullName;
        var broker = new RunningBroker(await Azurite.StartAsync(storage), settings.ToDictionary(setting => setting.Name, setting => setting.Value)) { StorageFolder = storage };
        await broker.StartAsync();
        return broker;
    }

    public async Task StartAsync()
    {
        // A shell in front keeps the output in a file that the broker's death does not cut.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >>\"$BROKER_LOG\" 2>&1", Published.Host, "--urls", Url])
        {
            WorkingDirectory = _folder.FullName,
            Environment = { ["AzureWebJobsStorage"] = Storage, ["BF_DATA"] = Data, ["BF_CONFIG_DIR"] = Configuration, ["BROKER_LOG"] = Log },
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        await Until.TrueAsync("the broker is ready", async () => _process.HasExited ? throw new InvalidOperationException(Tail()) : await IsReadyAsync());
    }

    /// <summary>SIGKILL: nothing of the broker runs on, nothing is written.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public string Output() => File.ReadAllText(Log);

    public string Tail() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(60)) : "";

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        await _azurite.DisposeAsync();
        _probe.Dispose();
        _folder.Delete(recursive: true);
        if (StorageFolder.Length > 0)
        {
            Directory.Delete(StorageFolder, recursive: true);
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
