using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Providers.Local;
using BuildFunctions.Broker.Secrets.Redaction;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Bench;

/// <summary>A build on the host: from the start call to the build's first instruction, from its line to a follower, and the whole of an empty build.</summary>
internal static class LocalBench
{
    private const int Count = 40;

    public static async Task RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("bf-bench-").FullName;
        await using var azurite = await Azurite.StartAsync();
        await using var services = new ServiceCollection().AddSingleton<ISourceReader>(new EmptySource())
            .AddLocalProvider(new() { Folder = folder }, isPrivate: true).BuildServiceProvider();
        var provider = services.GetRequiredService<IBuildProvider>();
        var logs = new BuildLogs(new BlobContainerClient(azurite.ConnectionString, "logs"), new(), new(), TimeProvider.System);
        await logs.CreateAsync(CancellationToken.None);
        var (starts, lines, wholes) = (new List<double>(), new List<double>(), new List<double>());
        for (byte run = 0; run < Count; run++)
        {
            await OneAsync(provider, logs, run, starts, lines, wholes);
        }

        Directory.Delete(folder, true);
        await output.WriteLineAsync($"local: start to the build's first instruction: {Percentiles(starts)}");
        await output.WriteLineAsync($"local: line printed to line seen: {Percentiles(lines)}");
        await output.WriteLineAsync($"local: a build that does nothing, with its log: {Percentiles(wholes)}");
    }

    private static async Task OneAsync(IBuildProvider provider, BuildLogs logs, byte run, List<double> starts, List<double> lines, List<double> wholes)
    {
        AppName.TryParse("bench", out var app);
        var request = new RunRequest
        {
            Build = BuildId.Create(DateTimeOffset.UtcNow, [run, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            Attempt = 1,
            App = app,
            Source = new() { Kind = SourceKind.Upload },
            Command = "date +at=%s%N; mkdir dist; echo x > dist/x; sleep 0.3; date +at=%s%N",
            Output = "dist",
        };
        var (begin, watch) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        var handle = await provider.StartAsync(request, RunSecrets.None, CancellationToken.None);
        var redactor = new SecretRedactor([]);
        var writer = await logs.OpenAsync(request.Build, 1, redactor, CancellationToken.None);
        var following = SeenAsync(logs, request.Build);
        await new RunLogFollower(new(), TimeProvider.System).FollowAsync(provider, handle, writer, _ => ValueTask.FromResult(redactor), CancellationToken.None);
        wholes.Add(watch.Elapsed.TotalMilliseconds - 300);
        await logs.CloseAsync(request.Build, CancellationToken.None);
        var seen = await following;
        starts.Add((seen[0].Printed - begin).TotalMilliseconds);
        lines.AddRange(seen.Select(line => (line.Seen - line.Printed).TotalMilliseconds));
        await provider.CleanUpAsync(handle, CancellationToken.None);
    }

    private static async Task<List<(DateTimeOffset Printed, DateTimeOffset Seen)>> SeenAsync(BuildLogs logs, BuildId build)
    {
        var seen = new List<(DateTimeOffset, DateTimeOffset)>();
        await foreach (var chunk in new BuildLogReader(logs).FollowAsync(build, 0))
        {
            seen.AddRange(Encoding.UTF8.GetString(chunk.Text.Span).Split('\n').Where(line => line.StartsWith("at=", StringComparison.Ordinal))
                .Select(line => (DateTimeOffset.UnixEpoch.AddTicks(long.Parse(line[3..], CultureInfo.InvariantCulture) / 100), DateTimeOffset.UtcNow)));
        }

        return seen;
    }

    private static string Percentiles(List<double> values)
    {
        values.Sort();
        return $"p50 {values[values.Count / 2]:F0} ms, p95 {values[values.Count * 95 / 100]:F0} ms";
    }

    private sealed class EmptySource : ISourceReader
    {
        public Task FillAsync(RunSource source, string folder, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
