using System.Diagnostics;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Bench;

/// <summary>kill -9, and how long after the new broker is ready a build goes on whose steps had all ended: one that runs, one in the queue, one without its source.</summary>
internal static class RestartBench
{
    private const int Rounds = 6;

    /// <summary>After this long nothing of a build is in flight: its steps take tens of milliseconds.</summary>
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(TextWriter output)
    {
        await using var azurite = await Azurite.StartAsync(Directory.CreateTempSubdirectory("bf-bench-azurite-").FullName);
        await using var broker = RunningBroker.On(azurite, new Dictionary<string, string> { ["Queue__MaxConcurrent"] = "1" });
        var source = await BuildBench.PackAsync();
        List<double> ready = [], running = [], queued = [], unsent = [];
        await broker.StartAsync();
        for (var round = 0; round < Rounds; round++)
        {
            using var client = broker.Client();
            var gate = Path.Combine(broker.Scratch, $"gate-{round}");
            var runs = await TriggerAsync(client, $"while [ ! -e {gate} ]; do sleep 0.05; done; mkdir -p dist; date > dist/index.html");
            await SendAsync(client, runs, source);
            await Until.TrueAsync("the build runs", async () => (await ReadAsync(client, runs)).Phase == BuildPhase.Building);
            var waits = await TriggerAsync(client, "mkdir -p dist; date > dist/index.html");
            await SendAsync(client, waits, source);
            var lacks = await TriggerAsync(client, "mkdir -p dist; date > dist/index.html");
            await Task.Delay(_quiet);

            await broker.KillAsync();
            await File.WriteAllTextAsync(gate, "");
            await Task.Delay(TimeSpan.FromSeconds(1));
            var watch = Stopwatch.StartNew();
            await broker.StartAsync();
            ready.Add(watch.Elapsed.TotalMilliseconds);
            watch.Restart();
            await SendAsync(client, lacks, source);
            await Task.WhenAll(EndAsync(runs, running), LeaveAsync(waits, BuildPhase.Queued, queued), LeaveAsync(lacks, BuildPhase.AwaitingSource, unsent));
            await EndAsync(waits, []);
            await EndAsync(lacks, []);

            async Task EndAsync(Build build, List<double> times)
            {
                await Until.TrueAsync("the build ends", async () => (await ReadAsync(client, build)).Status.IsFinal());
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            async Task LeaveAsync(Build build, BuildPhase phase, List<double> times)
            {
                await Until.TrueAsync($"the build leaves {phase}", async () => (await ReadAsync(client, build)).Phase != phase);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        BuildBench.Report(output, "killed → ready", ready);
        BuildBench.Report(output, "a run that ended meanwhile", running, (95, 5000));
        BuildBench.Report(output, "next of the queue goes on", queued, (95, 5000));
        BuildBench.Report(output, "its source comes, it goes on", unsent, (95, 5000));
    }

    private static async Task<Build> TriggerAsync(HttpClient client, string command)
    {
        var request = new BuildRequest { App = $"restart-{Guid.NewGuid():n}"[..16], Command = command, Output = "dist", NeedsBuild = true, Framework = "none", Node = "20" };
        using var answer = await client.PostAsJsonAsync("api/builds", request, ContractsJson.Default.BuildRequest);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Build))!;
    }

    private static async Task SendAsync(HttpClient client, Build build, byte[] source)
    {
        using var answer = await client.PutAsync($"api/builds/{build.Id}/source", new ByteArrayContent(source));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<Build> ReadAsync(HttpClient client, Build build) =>
        (await client.GetFromJsonAsync($"api/builds/{build.Id}", ContractsJson.Default.Build))!;
}
