using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Sources.Packing;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Bench;

/// <summary>What the broker adds to a build on an idle machine, over HTTP against the published broker: overhead, start, log latency, rollback.</summary>
internal static class BuildBench
{
    private const int WarmUp = 5;
    private const int Builds = 40;
    private const int LogLines = 40;

    public static async Task RunAsync(TextWriter output)
    {
        await using var azurite = await Azurite.StartAsync(Directory.CreateTempSubdirectory("bf-bench-azurite-").FullName);
        await using var process = RunningBroker.On(azurite, new Dictionary<string, string>());
        await process.StartAsync();
        using var client = process.Client();
        var source = await PackAsync();
        List<double> overhead = [], started = [], rollback = [];
        for (var round = 0; round < WarmUp + Builds; round++)
        {
            var (total, command, start) = await BuildAsync(client, source, round);
            if (round >= WarmUp)
            {
                overhead.Add(total - command);
                started.Add(start);
            }
        }

        var deployments = await client.GetFromJsonAsync("api/apps/bench/deployments", ContractsJson.Default.DeploymentPage) ?? throw new InvalidOperationException("no deployments");
        for (var round = 0; round < 20; round++)
        {
            var choice = new DeploymentChoice(deployments.Items[1 - (round % 2)].Id);
            var watch = Stopwatch.StartNew();
            using var answer = await client.PostAsJsonAsync("api/apps/bench/rollback", choice, ContractsJson.Default.DeploymentChoice);
            answer.EnsureSuccessStatusCode();
            rollback.Add(watch.Elapsed.TotalMilliseconds);
        }

        Report(output, "overhead of a build", overhead, (50, 400), (95, 800));
        Report(output, "trigger → process started", started, (95, 200));
        Report(output, "rollback", rollback, (95, 50));
        Report(output, "cache hit → live", await HitsAsync(client, source, "bench-hit", megabytes: 3, Builds), (95, 150));
        Report(output, "first hit of 90 MB → live", await HitsAsync(client, source, "bench-large", megabytes: 90, rounds: 1), (95, 1000));
        Report(output, "log line written → seen", await LogLatencyAsync(client, source), (95, 250));
    }

    public static void Report(TextWriter output, string what, List<double> values, params (int Percentile, double Bar)[] bars)
    {
        values.Sort();
        double At(int percentile) => values[Math.Min(values.Count - 1, values.Count * percentile / 100)];
        var verdicts = bars.Select(bar => $"p{bar.Percentile} {At(bar.Percentile):0} ms of {bar.Bar:0} ({At(bar.Percentile) / bar.Bar:0.00})");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-28} p50 {At(50):0.0} ms  p95 {At(95):0.0} ms  max {values[^1]:0.0} ms   bar: {string.Join(", ", verdicts)}"));
    }

    /// <summary>The build says in its log when its command began and ended; all clocks are this machine's.</summary>
    private static async Task<(double Total, double Command, double Started)> BuildAsync(HttpClient client, byte[] source, int round)
    {
        var script = "date +began=%s%N; mkdir -p dist; date +%s%N > dist/index.html; date +ended=%s%N";
        var watch = Stopwatch.StartNew();
        var triggered = Now();
        var build = await TriggerAsync(client, source, script);
        build = await client.GetFromJsonAsync($"api/builds/{build.Id}?wait=60", ContractsJson.Default.Build) ?? throw new InvalidOperationException("no build");
        var total = watch.Elapsed.TotalMilliseconds;
        if (build.Status != BuildStatus.Success)
        {
            throw new InvalidOperationException($"Round {round}: {build.Status}, {build.Error?.Detail}");
        }

        var log = await client.GetStringAsync($"api/builds/{build.Id}/logs");
        var (began, ended) = (Stamp(log, "\nbegan="), Stamp(log, "\nended="));
        return (total, ended - began, began - triggered);
    }

    /// <summary>From the trigger, the upload of the source included, to the page being live.</summary>
    private static async Task<List<double>> HitsAsync(HttpClient client, byte[] source, string app, int megabytes, int rounds)
    {
        var script = $"mkdir dist; head -c {megabytes}000000 /dev/urandom > dist/large.bin; date > dist/index.html";
        List<double> times = [];
        for (var round = 0; round <= rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var build = await TriggerAsync(client, source, script, app, rebuild: false);
            build = await client.GetFromJsonAsync($"api/builds/{build.Id}?wait=60", ContractsJson.Default.Build) ?? throw new InvalidOperationException("no build");
            if (build.Status != BuildStatus.Success || build.Cache?.Hit != round > 0)
            {
                throw new InvalidOperationException($"Round {round}: {build.Status}, {build.Cache?.MissedBecause}, {build.Error?.Detail}");
            }

            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times[1..];
    }

    private static async Task<List<double>> LogLatencyAsync(HttpClient client, byte[] source)
    {
        var build = await TriggerAsync(client, source, $"for i in $(seq {LogLines}); do date +line=%s%N; sleep 0.2; done; mkdir dist; date > dist/index.html");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/builds/{build.Id}/logs");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        List<double> latencies = [];
        var name = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (name == BuildStreamEvent.Log && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var seen = Now();
                var text = JsonSerializer.Deserialize<string>(line.AsSpan(6))!;
                latencies.AddRange(text.Split('\n').Where(one => one.StartsWith("line=", StringComparison.Ordinal)).Select(one => seen - Stamp(one, "line=")));
            }
            else if (name == BuildStreamEvent.End)
            {
                break;
            }
        }

        return latencies.Count == LogLines ? latencies : throw new InvalidOperationException($"{latencies.Count} of {LogLines} lines were seen.");
    }

    private static async Task<Build> TriggerAsync(HttpClient client, byte[] source, string script, string app = "bench", bool rebuild = true)
    {
        var request = new BuildRequest { App = app, Command = script, Output = "dist", NeedsBuild = true, Rebuild = rebuild, Framework = "none", Node = "20" };
        using var triggered = await client.PostAsJsonAsync("api/builds", request, ContractsJson.Default.BuildRequest);
        triggered.EnsureSuccessStatusCode();
        var build = await triggered.Content.ReadFromJsonAsync(ContractsJson.Default.Build) ?? throw new InvalidOperationException("no build");
        using var uploaded = await client.PutAsync($"api/builds/{build.Id}/source", new ByteArrayContent(source));
        uploaded.EnsureSuccessStatusCode();
        return build;
    }

    internal static async Task<byte[]> PackAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bf-bench-app-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "README"), "nothing to install");
            using var packed = new MemoryStream();
            return await SourcePacker.PackAsync(folder.FullName, packed, new PackOptions(), CancellationToken.None) is PackedSource
                ? packed.ToArray()
                : throw new InvalidOperationException("The source was not packed.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;

    private static double Stamp(string text, string name)
    {
        var from = text.IndexOf(name, StringComparison.Ordinal) + name.Length;
        var digits = text[from..].TakeWhile(char.IsAsciiDigit).Count();
        return double.Parse(text.AsSpan(from, digits), CultureInfo.InvariantCulture) / 1e6;
    }
}
