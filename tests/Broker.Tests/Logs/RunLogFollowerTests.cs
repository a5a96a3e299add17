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

public sealed class RunLogFollowerTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    [Fact]
    public async Task Brokers_that_die_one_after_the_other_store_the_log_of_a_run_once_and_whole()
    {
        var options = new LogOptions { Batch = 512, Segment = 2000, Checkpoint = 200, Pause = TimeSpan.FromMilliseconds(5) };
        var container = new BlobContainerClient((await Azurite.SharedAsync()).ConnectionString, "followed");
        var provider = LocalProviders.New(new() { Folder = _scratch.Path }, new FolderSource());
        var request = new RunRequest
        {
            Build = BuildId.Create(DateTimeOffset.UtcNow, Guid.NewGuid().ToByteArray().AsSpan(0, 10)),
            Attempt = 1,
            App = AppName.TryParse("followed", out var app) ? app : default,
            Source = new() { Kind = SourceKind.Upload },
            Command = "i=0; while [ $i -lt 300 ]; do echo \"line $i $TOKEN\"; i=$((i+1)); sleep 0.005; done; mkdir dist; echo x > dist/x",
            Output = "dist",
        };
        var handle = await provider.StartAsync(request, new(new Dictionary<string, string> { ["TOKEN"] = "very-secret-token" }), CancellationToken.None);
        RunStatus? status = null;
        var brokers = 0;
        for (; status is null; brokers++)
        {
            using var life = new CancellationTokenSource(TimeSpan.FromMilliseconds(brokers < 8 ? 60 + (brokers * 25) : 60_000));
            try
            {
                var logs = new BuildLogs(container, options, new(), TimeProvider.System);
                await logs.CreateAsync(life.Token);
                var redactor = new SecretRedactor(["very-secret-token"]);
                var writer = await logs.OpenAsync(request.Build, 1, redactor, life.Token);
                status = await new RunLogFollower(options, TimeProvider.System).FollowAsync(provider, handle, writer, _ => ValueTask.FromResult(redactor), life.Token);
            }
            catch (OperationCanceledException) when (life.IsCancellationRequested)
            {
                // The broker is dead; the next one goes on.
            }
        }

        var text = new StringBuilder();
        await foreach (var chunk in new BuildLogReader(new BuildLogs(container, options, new(), TimeProvider.System)).ReadAsync(request.Build, 0))
        {
            text.Append(Encoding.UTF8.GetString(chunk.Text.Span));
        }

        Assert.True(brokers > 1);
        Assert.Equal(RunState.Succeeded, status.State);
        Assert.Equal(
            Enumerable.Range(0, 300).Select(line => $"line {line} ***"),
            text.ToString().Split('\n').Where(line => line.StartsWith("line ", StringComparison.Ordinal)));
        Assert.Equal(2, text.ToString().Split("\u241E step ").Length - 1);
        await provider.CleanUpAsync(handle, CancellationToken.None);
    }

    public void Dispose() => _scratch.Dispose();
}
