using System.Text;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Secrets.Redaction;
using BuildFunctions.Broker.Tests.Providers;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Testing;

namespace BuildFunctions.Broker.Tests.Logs;

/// <summary>Alone, because it looks at the memory of this process.</summary>
[Collection(LoneCollection.Name)]
public sealed class LogVolumeTests : IDisposable
{
    private const int Lines = 1_000_000;
    private const int Megabyte = 1 << 20;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_run_that_prints_a_million_lines_takes_no_more_memory_than_one_that_prints_a_few()
    {
        var options = new LogOptions { Head = 2 * Megabyte, Tail = Megabyte, Segment = Megabyte / 2, Pause = TimeSpan.FromMilliseconds(5) };
        var logs = new BuildLogs(new BlobContainerClient((await Azurite.SharedAsync()).ConnectionString, "volume"), options, new(), TimeProvider.System);
        await logs.CreateAsync(CancellationToken.None);
        var provider = LocalProviders.New(new() { Folder = _scratch.Path }, new FolderSource());
        var request = new RunRequest
        {
            Build = BuildId.Create(DateTimeOffset.UtcNow, Guid.NewGuid().ToByteArray().AsSpan(0, 10)),
            Attempt = 1,
            App = AppName.TryParse("volume", out var app) ? app : default,
            Source = new() { Kind = SourceKind.Upload },
            Command = $"seq -f 'line %07.0f of a log that has nothing to say' 1 {Lines}; mkdir dist; echo x > dist/x",
            Output = "dist",
        };
        var redactor = new SecretRedactor(["a-secret-that-never-comes"]);
        var writer = await logs.OpenAsync(request.Build, 1, redactor, CancellationToken.None);
        var handle = await provider.StartAsync(request, new(new Dictionary<string, string>()), CancellationToken.None);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, nextLook) = (0L, 0L);

        var status = await new RunLogFollower(options, TimeProvider.System).FollowAsync(provider, handle, writer, Look, CancellationToken.None);

        Assert.Equal(RunState.Succeeded, status.State);
        Assert.InRange(writer.Length, 46L * Lines, 48L * Lines);
        Assert.InRange(most, 1, 16 * Megabyte);
        await AssertBothEndsAsync(logs, request.Build, writer.Length);
        await provider.CleanUpAsync(handle, CancellationToken.None);

        ValueTask<SecretRedactor> Look(CancellationToken cancellation)
        {
            if (writer.Length >= nextLook)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                nextLook = writer.Length + Megabyte;
            }

            return ValueTask.FromResult(redactor);
        }
    }

    private static async Task AssertBothEndsAsync(BuildLogs logs, BuildId build, long length)
    {
        var text = new StringBuilder();
        await foreach (var chunk in new BuildLogReader(logs).ReadAsync(build, 0))
        {
            text.Append(Encoding.UTF8.GetString(chunk.Text.Span));
        }

        var log = text.ToString();
        Assert.Contains("\nline 0000001 ", log, StringComparison.Ordinal);
        Assert.Contains($"\nline {Lines:D7} ", log, StringComparison.Ordinal);
        var gap = Assert.Single(log.Split('\n'), line => line.StartsWith("\u241E gap ", StringComparison.Ordinal));
        Assert.Equal(length, Encoding.UTF8.GetByteCount(log) - Encoding.UTF8.GetByteCount(gap + "\n") + long.Parse(gap[6..]));
    }
}
