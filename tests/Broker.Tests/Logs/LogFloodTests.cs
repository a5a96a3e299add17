using System.Text;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Testing;

namespace BuildFunctions.Broker.Tests.Logs;

public sealed class LogFloodTests
{
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    [Fact]
    public async Task A_line_without_an_end_is_kept_up_to_the_limit_of_a_line()
    {
        var logs = await LogsAsync(_ => { });
        var build = NewBuild();
        var writer = await logs.OpenAsync(build, 1, new([]), _deadline);
        var megabyte = new byte[1 << 20];
        Array.Fill(megabyte, (byte)'x');
        for (var polls = 0; polls < 70; polls++)
        {
            await writer.WriteAsync(Poll(writer, megabyte), _deadline);
        }

        await writer.WriteAsync(Poll(writer, "\nafter\n"u8.ToArray()), _deadline);
        await writer.FinishAsync(_deadline);

        var log = await ReadAsync(logs, build);
        Assert.InRange(log.Length, 16 * 1024, 17 * 1024);
        Assert.EndsWith("\nafter\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_lines_is_kept_from_both_ends_in_the_space_that_is_allowed()
    {
        var logs = await LogsAsync(options => (options.Head, options.Tail, options.Segment) = (200_000, 100_000, 50_000));
        var build = NewBuild();
        var writer = await logs.OpenAsync(build, 1, new([]), _deadline);
        for (var thousand = 0; thousand < 200; thousand++)
        {
            await writer.WriteAsync(Poll(writer, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(thousand * 1000, 1000).Select(line => $"line {line:D6}\n")))), _deadline);
        }

        await writer.FinishAsync(_deadline);

        var log = await ReadAsync(logs, build);
        Assert.InRange(log.Length, 300_000, 500_000);
        Assert.Contains("line 000000\n", log, StringComparison.Ordinal);
        Assert.EndsWith("line 199999\n", log, StringComparison.Ordinal);
        Assert.Single(log.Split('\n'), line => line.StartsWith("\u241E gap ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_hundred_builds_that_log_at_once_each_have_their_own_lines()
    {
        var logs = await LogsAsync(_ => { });
        var builds = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            var build = NewBuild();
            var writer = await logs.OpenAsync(build, 1, new([]), _deadline);
            for (var line = 0; line < 5; line++)
            {
                await writer.WriteAsync(Poll(writer, Encoding.ASCII.GetBytes($"build {number} line {line}\n")), _deadline);
            }

            await writer.FinishAsync(_deadline);
            return (build, number);
        }));

        foreach (var (build, number) in builds)
        {
            Assert.Equal("\u241E attempt 1\n" + string.Concat(Enumerable.Range(0, 5).Select(line => $"build {number} line {line}\n")), await ReadAsync(logs, build));
        }
    }

    private static BuildId NewBuild() => BuildId.Create(DateTimeOffset.UtcNow, Guid.NewGuid().ToByteArray().AsSpan(0, 10));

    private static RunPoll Poll(BuildLogWriter writer, byte[] text) =>
        new() { Status = new() { State = RunState.Running }, Log = text, Next = new(writer.Cursor.Offset + text.Length) };

    private static async Task<BuildLogs> LogsAsync(Action<LogOptions> configure)
    {
        var options = new LogOptions();
        configure(options);
        var logs = new BuildLogs(new BlobContainerClient((await Azurite.SharedAsync()).ConnectionString, "logs"), options, new(), TimeProvider.System);
        await logs.CreateAsync(CancellationToken.None);
        return logs;
    }

    private async Task<string> ReadAsync(BuildLogs logs, BuildId build)
    {
        var text = new MemoryStream();
        await foreach (var chunk in new BuildLogReader(logs).ReadAsync(build, 0, _deadline))
        {
            text.Write(chunk.Text.Span);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
