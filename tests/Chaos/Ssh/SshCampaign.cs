using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Servers;
using BuildFunctions.Testing.Broker;
using BuildFunctions.Testing.Ssh;

namespace BuildFunctions.Chaos.Ssh;

/// <summary>Builds on three SSH servers of this machine, while lines are cut and frozen, servers start again and the broker is killed.</summary>
internal sealed class SshCampaign(SshOptions options, TextWriter output)
{
    private const int Servers = 3;
    private const int InFlight = 5;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    private readonly Random _random = new(options.Seed);
    private readonly List<SshServer> _servers = [];
    private readonly List<string> _findings = [];
    private readonly Dictionary<string, int> _faults = [];

    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        await output.WriteLineAsync($"ssh: {options.Faults} faults, seed {options.Seed}");
        await using var broker = await RunningBroker.CreateAsync(Settings(), onDisk: true);
        await broker.StartAsync();
        using var http = broker.Client();
        http.Timeout = TimeSpan.FromSeconds(60);
        try
        {
            await AddServersAsync(http);
            var built = await RunAsync(broker, http, Directory.CreateDirectory(Path.Combine(broker.Folder.FullName, "notes")).FullName);
            await CheckLeftoversAsync(http);
            Tell(built, clock.Elapsed);
            broker.Keeps = _findings.Count > 0;
        }
        finally
        {
            _servers.ForEach(server => server.Dispose());
        }

        return _findings;
    }

    private static Dictionary<string, string> Settings() => new()
    {
        ["Queue__MaxConcurrent"] = "8",
        ["Builds__ProviderRetry"] = "00:00:01",
        ["Servers__FirstRest"] = "00:00:01",
        ["Servers__LongestRest"] = "00:00:05",
        ["Ssh__FirstPause"] = "00:00:00.2",
        ["Ssh__LongestPause"] = "00:00:02",
        ["Ssh__Silence"] = "00:00:12",
        ["Reconcile__Grace"] = "00:00:00",
    };

    private async Task AddServersAsync(HttpClient http)
    {
        for (var number = 0; number < Servers; number++)
        {
            var server = await SshServer.StartAsync();
            _servers.Add(server);
            var request = new ServerRequest
            {
                Name = $"server-{number}",
                Host = "127.0.0.1",
                Port = server.Port,
                User = SshServer.User,
                PrivateKey = server.PrivateKey,
                HostKey = server.Fingerprint,
                WorkspaceRoot = server.Workspace,
                Slots = 2,
            };
            using var answer = await http.PostAsync("/api/servers", JsonContent.Create(request, ContractsJson.Default.ServerRequest));
            answer.EnsureSuccessStatusCode();
        }
    }

    private async Task<int> RunAsync(RunningBroker broker, HttpClient http, string notes)
    {
        using var deadline = new CancellationTokenSource(_patience + TimeSpan.FromSeconds(10 * options.Faults));
        using var enough = new CancellationTokenSource();
        var count = 0;
        var crowd = Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (!enough.IsCancellationRequested)
            {
                var build = new SshBuild(http, notes, Interlocked.Increment(ref count), TimeSpan.FromSeconds(Random.Shared.NextDouble() * 3));
                var ended = await build.RunAsync(deadline.Token);
                lock (_findings)
                {
                    _findings.AddRange(build.Faults(ended));
                }
            }
        }).ToArray();
        for (var fault = 0; fault < options.Faults; fault++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5 + _random.NextDouble()));
            await HarmAsync(broker);
        }

        await enough.CancelAsync();
        await Task.WhenAll(crowd);
        return count;
    }

    private async Task HarmAsync(RunningBroker broker)
    {
        var server = _servers[_random.Next(Servers)];
        var kind = _random.Next(10) switch { < 5 => "cut", < 7 => "froze", 7 => "restarted", _ => "killed" };
        _faults[kind] = _faults.GetValueOrDefault(kind) + 1;
        switch (kind)
        {
            case "cut":
                server.CutAll();
                break;
            case "froze":
                server.Freeze();
                await Task.Delay(1000);
                server.Thaw();
                break;
            case "restarted":
                server.Stop();
                await Task.Delay(500);
                await server.StartAgainAsync();
                break;
            default:
                await broker.KillAsync();
                await broker.StartAsync();
                break;
        }
    }

    /// <summary>One sweep, and nothing is left of any run.</summary>
    private async Task CheckLeftoversAsync(HttpClient http)
    {
        using var sweep = await http.PostAsync("/api/reconcile", null);
        foreach (var server in _servers)
        {
            var runs = Path.Combine(server.Workspace, "runs");
            var left = Directory.Exists(runs) ? Directory.GetFileSystemEntries(runs, "bld_*") : [];
            _findings.AddRange(left.Select(run => $"left on a server: {Path.GetFileName(run)}"));
            _findings.AddRange(RunProcesses.All().Distinct().Where(run => Directory.Exists(Path.Combine(runs, run))).Select(run => $"still runs: {run}"));
        }
    }

    private void Tell(int built, TimeSpan took)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{built} builds in {took.TotalSeconds:0} s; {string.Join(", ", _faults.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"))}; {_findings.Count} findings"));
        _findings.ForEach(output.WriteLine);
    }
}
