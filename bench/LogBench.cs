using System.Diagnostics;
using System.Text;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Secrets.Redaction;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Testing;

namespace BuildFunctions.Bench;

/// <summary>A million lines through redaction into storage, and the time from a written line to a reader that follows.</summary>
internal static class LogBench
{
    private const int Lines = 1_000_000;
    private const int Block = 256 * 1024;

    public static async Task RunAsync(TextWriter output)
    {
        await using var azurite = await Azurite.StartAsync();
        var logs = new BuildLogs(new BlobContainerClient(azurite.ConnectionString, "logs"), new(), new(), TimeProvider.System);
        await logs.CreateAsync(CancellationToken.None);
        await MillionLinesAsync(logs, secrets: 0, output);
        await MillionLinesAsync(logs, secrets: 50, output);
        await LatencyAsync(logs, output);
    }

    private static async Task MillionLinesAsync(BuildLogs logs, byte secrets, TextWriter output)
    {
        var redactor = new SecretRedactor([.. Enumerable.Range(0, secrets).Select(number => $"secret-value-{number}-{number * 7919}")]);
        var writer = await logs.OpenAsync(NewBuild((byte)(10 + secrets)), 1, redactor, CancellationToken.None);
        var block = new List<byte>(Block + 256);
        var total = Stopwatch.StartNew();
        var part = Stopwatch.StartNew();
        long bytes = 0;
        for (var line = 1; line <= Lines; line++)
        {
            block.AddRange(Encoding.UTF8.GetBytes($"\u001b[32m✓\u001b[0m compiled module {line} src/components/page-{line % 977}/index.tsx in {line % 83} ms\n"));
            if (block.Count >= Block || line == Lines)
            {
                bytes += block.Count;
                await writer.WriteAsync(Poll(writer, block.ToArray()), CancellationToken.None);
                block.Clear();
            }

            if (line % (Lines / 5) == 0)
            {
                await output.WriteLineAsync($"log: {secrets} secrets, lines {line:N0}, {part.Elapsed.TotalMicroseconds / (Lines / 5):F2} us/line, live heap {GC.GetTotalMemory(true) >> 20} MiB");
                part.Restart();
            }
        }

        await writer.FinishAsync(CancellationToken.None);
        await output.WriteLineAsync($"log: {secrets} secrets, {Lines:N0} lines, {bytes >> 20} MiB in {total.Elapsed.TotalSeconds:F1} s");
    }

    private static async Task LatencyAsync(BuildLogs logs, TextWriter output)
    {
        const int Count = 200;
        var build = NewBuild(2);
        var writer = await logs.OpenAsync(build, 1, new([]), CancellationToken.None);
        var latencies = new List<double>();
        var seen = new SemaphoreSlim(0);
        var following = Task.Run(async () =>
        {
            await foreach (var _ in new BuildLogReader(logs).FollowAsync(build, 0))
            {
                seen.Release();
            }
        });
        for (var line = 0; line < Count; line++)
        {
            var watch = Stopwatch.StartNew();
            await writer.WriteAsync(Poll(writer, Encoding.UTF8.GetBytes($"line {line}\n")), CancellationToken.None);
            await writer.FlushAsync(CancellationToken.None);
            await seen.WaitAsync();
            latencies.Add(watch.Elapsed.TotalMilliseconds);
        }

        await writer.FinishAsync(CancellationToken.None);
        await logs.CloseAsync(build, CancellationToken.None);
        await following;
        latencies.Sort();
        await output.WriteLineAsync($"log: stored and seen by a follower: p50 {latencies[Count / 2]:F1} ms, p95 {latencies[Count * 95 / 100]:F1} ms");
    }

    private static BuildId NewBuild(byte number) => BuildId.Create(DateTimeOffset.UtcNow, [number, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

    private static RunPoll Poll(BuildLogWriter writer, byte[] text) => new()
    {
        Status = new() { State = RunState.Running },
        Log = text,
        Next = new(writer.Cursor.Offset + text.Length),
    };
}
