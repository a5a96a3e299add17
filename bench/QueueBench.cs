using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Bench;

/// <summary>5,000 triggers in one minute, in open loop, against the published broker: each is accepted and ends, or is refused.</summary>
internal static class QueueBench
{
    private const int Triggers = 5000;
    private const int Apps = 50;
    private const int MostInFlight = 500;
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(TextWriter output)
    {
        await using var azurite = await Azurite.StartAsync(Directory.CreateTempSubdirectory("bf-bench-azurite-").FullName);
        await using var tables = new CountingProxy(azurite.TablePort);
        await using var blobs = new CountingProxy(azurite.BlobPort);
        var storage = azurite.ConnectionString.Replace($":{azurite.TablePort}/", $":{tables.Port}/").Replace($":{azurite.BlobPort}/", $":{blobs.Port}/");
        await using var process = RunningBroker.On(azurite, new Dictionary<string, string> { ["AzureWebJobsStorage"] = storage });
        await process.StartAsync();
        using var client = process.Client();
        var source = await BuildBench.PackAsync();
        for (var round = 0; round < 30; round++)
        {
            await EndOfAsync(client, await UploadAsync(client, source, await TriggerAsync(client, Upload(round))));
        }

        var calls = await CountAsync(client, source, tables, blobs, output);
        var rate = await WriteRateAsync(azurite, output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"limit of this storage          {rate / calls:0} builds/s ({rate:0} writes/s, {calls:0.0} requests for each build)"));
        await BurstAsync(client, source, output);
    }

    private static async Task<double> CountAsync(HttpClient client, byte[] source, CountingProxy tables, CountingProxy blobs, TextWriter output)
    {
        const int Rounds = 20;
        double[] plain = new double[3], local = new double[3];
        for (var round = 0; round < 2 * Rounds; round++)
        {
            var sums = round % 2 == 0 ? plain : local;
            var marks = new List<long> { tables.Requests + blobs.Requests };
            var build = await TriggerAsync(client, round % 2 == 0 ? Upload(round) : Run(round));
            marks.Add(tables.Requests + blobs.Requests);
            await UploadAsync(client, source, build);
            marks.Add(tables.Requests + blobs.Requests);
            await EndOfAsync(client, build);
            marks.Add(tables.Requests + blobs.Requests);
            for (var step = 0; step < 3; step++)
            {
                sums[step] += (double)(marks[step + 1] - marks[step]) / Rounds;
            }
        }

        Report("storage requests, as it is", plain);
        Report("storage requests, built locally", local);
        return plain.Sum();

        void Report(string what, double[] sums) => output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what,-31}trigger {sums[0]:0.0}  upload {sums[1]:0.0}  until the end {sums[2]:0.0}  together {sums.Sum():0.0}"));
    }

    private static async Task<double> WriteRateAsync(Azurite azurite, TextWriter output)
    {
        var table = new TableServiceClient(azurite.ConnectionString).GetTableClient("benchwrites");
        await table.CreateIfNotExistsAsync();
        var written = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async worker =>
        {
            for (var row = 0; watch.Elapsed < TimeSpan.FromSeconds(3); row++)
            {
                await table.UpsertEntityAsync(new TableEntity($"{worker}-{row % 100}", "row") { ["Text"] = new string('x', 500) });
                Interlocked.Increment(ref written);
            }
        }));
        return written / watch.Elapsed.TotalSeconds;
    }

    private static async Task BurstAsync(HttpClient client, byte[] source, TextWriter output)
    {
        ConcurrentBag<Build> accepted = [];
        ConcurrentBag<double> triggers = [];
        ConcurrentBag<double> retries = [];
        var late = TimeSpan.Zero;
        var failed = 0;
        using var inFlight = new SemaphoreSlim(MostInFlight);
        List<Task> sent = [];
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < Triggers; number++)
        {
            var due = _minute / Triggers * number;
            if (due - watch.Elapsed is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }

            await inFlight.WaitAsync();
            late = watch.Elapsed - due > late ? watch.Elapsed - due : late;
            sent.Add(SendAsync(number, due));
        }

        await Task.WhenAll(sent);
        var took = watch.Elapsed;
        var ended = 0;
        foreach (var build in accepted)
        {
            ended += (await EndOfAsync(client, build)).Status == BuildStatus.Success ? 1 : 0;
        }

        var drained = watch.Elapsed;
        var times = triggers.Order().ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Triggers} triggers in {took.TotalSeconds:0} s      accepted {accepted.Count}  refused {retries.Count}  failed {failed}  finished {ended} of {accepted.Count}  latest start {late.TotalSeconds:0.0} s behind"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trigger                        p50 {times[times.Count / 2]:0} ms  p95 {times[times.Count * 95 / 100]:0} ms  max {times[^1]:0} ms (from when it was due)"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"drain                          {(drained - took).TotalSeconds:0} s after the last trigger; {ended / drained.TotalSeconds:0.0} builds/s over all"));
        if (!retries.IsEmpty)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Retry-After                    {retries.Min():0} to {retries.Max():0} s"));
        }

        async Task SendAsync(int number, TimeSpan due)
        {
            try
            {
                using var answer = await client.PostAsJsonAsync("api/builds", Upload(number), ContractsJson.Default.BuildRequest);
                triggers.Add((watch.Elapsed - due).TotalMilliseconds);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    retries.Add(answer.Headers.RetryAfter?.Delta?.TotalSeconds ?? throw new InvalidOperationException("A refusal without Retry-After."));
                    return;
                }

                answer.EnsureSuccessStatusCode();
                var build = await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Build) ?? throw new InvalidOperationException("no build");
                accepted.Add(build);
                await UploadAsync(client, source, build);
            }
            catch (HttpRequestException exception)
            {
                if (Interlocked.Increment(ref failed) == 1)
                {
                    output.WriteLine($"the first that failed: {exception.Message}");
                }
            }
            finally
            {
                inFlight.Release();
            }
        }
    }

    private static BuildRequest Upload(int number) => new() { App = $"bench-{number % Apps}", NoBuild = true, Rebuild = true };

    private static BuildRequest Run(int number) =>
        new() { App = $"bench-{number % Apps}", Command = "mkdir dist; date > dist/index.html", Output = "dist", NeedsBuild = true, Rebuild = true, Framework = "none", Node = "20" };

    private static async Task<Build> TriggerAsync(HttpClient client, BuildRequest request)
    {
        using var triggered = await client.PostAsJsonAsync("api/builds", request, ContractsJson.Default.BuildRequest);
        triggered.EnsureSuccessStatusCode();
        return await triggered.Content.ReadFromJsonAsync(ContractsJson.Default.Build) ?? throw new InvalidOperationException("no build");
    }

    private static async Task<Build> UploadAsync(HttpClient client, byte[] source, Build build)
    {
        using var uploaded = await client.PutAsync($"api/builds/{build.Id}/source", new ByteArrayContent(source));
        uploaded.EnsureSuccessStatusCode();
        return build;
    }

    private static async Task<Build> EndOfAsync(HttpClient client, Build build)
    {
        var ended = build;
        while (!ended.Status.IsFinal())
        {
            ended = await client.GetFromJsonAsync($"api/builds/{build.Id}?wait=60", ContractsJson.Default.Build) ?? throw new InvalidOperationException("no build");
        }

        return ended;
    }
}
