using System.Text;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Secrets.Redaction;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Testing;

namespace BuildFunctions.Broker.Tests.Logs;

public sealed class BuildLogTests
{
    private static readonly SecretRedactor _redactor = new(["hunter2-secret"]);

    private readonly BuildId _build = BuildId.Create(DateTimeOffset.UtcNow, Guid.NewGuid().ToByteArray().AsSpan(0, 10));
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task What_is_written_is_read_with_attempt_and_steps_and_without_secrets()
    {
        var logs = await LogsAsync();
        var writer = await logs.OpenAsync(_build, 1, _redactor, _deadline);

        await writer.WriteAsync(Poll(writer, "$ build\ntoken hunter2-secret\nlast", new LogStep("build", 0, DateTimeOffset.UnixEpoch)), _deadline);
        await writer.FinishAsync(_deadline);

        Assert.Equal("\u241E attempt 1\n\u241E step build 1970-01-01T00:00:00Z\n$ build\ntoken ***\nlast\n", await ReadAsync(logs, 0));
    }

    [Fact]
    public async Task A_writer_that_dies_at_any_point_leaves_a_log_that_the_next_completes_without_a_doubled_or_missing_byte()
    {
        var source = string.Concat(Enumerable.Range(0, 40).Select(line => $"line {line} hunter2-secret\n-----BEGIN X PRIVATE KEY-----\nabc\n-----END\n"));
        var bytes = Encoding.UTF8.GetBytes(source);
        LogStep[] steps = [new("build", 0, DateTimeOffset.UnixEpoch), new("pack", source.IndexOf("line 20", StringComparison.Ordinal), DateTimeOffset.UnixEpoch)];
        var logs = await LogsAsync(options => (options.Batch, options.Segment, options.Checkpoint) = (64, 500, 40));
        var random = new Random(7);
        for (var written = false; !written;)
        {
            // Every round is a broker: it takes a few polls of any size, and is gone without a word.
            var writer = await logs.OpenAsync(_build, 1, _redactor, _deadline);
            for (var polls = random.Next(1, 6); polls > 0 && !written; polls--)
            {
                var from = (int)writer.Cursor.Offset;
                var text = bytes.AsMemory(from, Math.Min(random.Next(200), bytes.Length - from));
                await writer.WriteAsync(Poll(writer, text, steps), _deadline);
                if (random.Next(2) == 0)
                {
                    await writer.FlushAsync(_deadline);
                }

                written = writer.Cursor.Offset == bytes.Length;
                if (written)
                {
                    await writer.FinishAsync(_deadline);
                }
            }
        }

        var again = await logs.OpenAsync(_build, 1, _redactor, _deadline);
        await again.FinishAsync(_deadline);

        var whole = await (await LogsAsync()).OpenAsync(Other(), 1, _redactor, _deadline);
        await whole.WriteAsync(Poll(whole, source, steps), _deadline);
        var log = await ReadAsync(logs, 0);
        Assert.Equal(whole.Length, Encoding.UTF8.GetByteCount(log));
        Assert.Equal(1, log.Split("attempt").Length - 1);
        Assert.Equal(2, log.Split("step").Length - 1);
        Assert.All(Enumerable.Range(0, 40), line => Assert.Single(log.Split('\n'), text => text == $"line {line} ***"));
    }

    [Fact]
    public async Task A_second_attempt_follows_the_first_and_the_first_can_write_no_more()
    {
        var logs = await LogsAsync();
        var first = await logs.OpenAsync(_build, 1, _redactor, _deadline);
        await first.WriteAsync(Poll(first, "one\n"), _deadline);
        await first.FlushAsync(_deadline);
        var second = await logs.OpenAsync(_build, 2, _redactor, _deadline);
        await second.WriteAsync(Poll(second, "two\n"), _deadline);
        await second.FlushAsync(_deadline);

        await first.WriteAsync(Poll(first, "late\n"), _deadline);
        await Assert.ThrowsAsync<TransientException>(() => first.FinishAsync(_deadline));
        await Assert.ThrowsAsync<RejectedException>(() => logs.OpenAsync(_build, 1, _redactor, _deadline));

        Assert.Equal("\u241E attempt 1\none\n\u241E attempt 2\ntwo\n", await ReadAsync(logs, 0));
    }

    [Fact]
    public async Task Past_the_limit_head_and_tail_stay_and_the_gap_is_marked()
    {
        var logs = await LogsAsync(options => (options.Batch, options.Segment, options.Head, options.Tail) = (100, 1000, 3000, 2000));
        var writer = await logs.OpenAsync(_build, 1, _redactor, _deadline);
        for (var line = 0; line < 2000; line++)
        {
            await writer.WriteAsync(Poll(writer, $"line {line:D5}\n"), _deadline);
        }

        await writer.FinishAsync(_deadline);
        var log = await ReadAsync(logs, 0);

        Assert.StartsWith("\u241E attempt 1\nline 00000\n", log, StringComparison.Ordinal);
        Assert.EndsWith("line 01999\n", log, StringComparison.Ordinal);
        Assert.InRange(log.Length, 5000, 7500);
        var gap = Assert.Single(log.Split('\n'), line => line.StartsWith("\u241E gap ", StringComparison.Ordinal));
        Assert.Equal(writer.Length, Encoding.UTF8.GetByteCount(log) - Encoding.UTF8.GetByteCount(gap + "\n") + long.Parse(gap[6..]));
    }

    [Fact]
    public async Task A_reader_that_resumes_at_any_offset_sees_the_rest()
    {
        var logs = await LogsAsync(options => (options.Batch, options.Segment) = (10, 25));
        var writer = await logs.OpenAsync(_build, 1, _redactor, _deadline);
        await writer.WriteAsync(Poll(writer, "alpha\nbeta\ngamma\ndelta\nepsilon\n"), _deadline);
        await writer.FinishAsync(_deadline);
        var whole = Encoding.UTF8.GetBytes(await ReadAsync(logs, 0));

        for (var from = 3; from <= whole.Length; from++)
        {
            Assert.Equal(Encoding.UTF8.GetString(whole.AsSpan(from)), await ReadAsync(logs, from));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_follower_sees_each_line_once_until_the_log_is_closed(bool sameProcess)
    {
        var logs = await LogsAsync(options => options.ReaderPoll = sameProcess ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(20));
        var reader = new BuildLogReader(sameProcess ? logs : await LogsAsync(options => options.ReaderPoll = TimeSpan.FromMilliseconds(20)));
        var text = new StringBuilder();
        var seen = new SemaphoreSlim(0);
        var following = Task.Run(async () =>
        {
            await foreach (var chunk in reader.FollowAsync(_build, 0, _deadline))
            {
                text.Append(Encoding.UTF8.GetString(chunk.Text.Span));
                seen.Release();
            }
        });

        var writer = await logs.OpenAsync(_build, 1, _redactor, _deadline);
        for (var line = 0; line < 5; line++)
        {
            await writer.WriteAsync(Poll(writer, $"line {line}\n"), _deadline);
            await writer.FlushAsync(_deadline);
            await seen.WaitAsync(_deadline);
        }

        await writer.FinishAsync(_deadline);
        await logs.CloseAsync(_build, _deadline);
        await following.WaitAsync(_deadline);

        Assert.Equal("\u241E attempt 1\nline 0\nline 1\nline 2\nline 3\nline 4\n", text.ToString());
    }

    private static BuildId Other() => BuildId.Create(DateTimeOffset.UtcNow, Guid.NewGuid().ToByteArray().AsSpan(0, 10));

    private static RunPoll Poll(BuildLogWriter writer, string text, params LogStep[] steps) => Poll(writer, Encoding.UTF8.GetBytes(text), steps);

    private static RunPoll Poll(BuildLogWriter writer, ReadOnlyMemory<byte> text, params LogStep[] steps)
    {
        var next = writer.Cursor.Offset + text.Length;
        return new()
        {
            Status = new() { State = RunState.Running },
            Log = text,
            Steps = [.. steps.Where(step => step.Offset >= writer.Cursor.Offset && step.Offset < next)],
            Next = new(next),
        };
    }

    private static async Task<BuildLogs> LogsAsync(Action<LogOptions>? configure = null)
    {
        var options = new LogOptions();
        configure?.Invoke(options);
        var logs = new BuildLogs(new BlobContainerClient((await Azurite.SharedAsync()).ConnectionString, "logs"), options, new(), TimeProvider.System);
        await logs.CreateAsync(CancellationToken.None);
        return logs;
    }

    private async Task<string> ReadAsync(BuildLogs logs, long from)
    {
        var text = new MemoryStream();
        await foreach (var chunk in new BuildLogReader(logs).ReadAsync(_build, from, _deadline))
        {
            text.Write(chunk.Text.Span);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
