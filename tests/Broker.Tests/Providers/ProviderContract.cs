using System.Text;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Providers;

/// <summary>What every provider keeps. A provider's tests derive from it and say how to make the provider and a request that it can run.</summary>
public abstract class ProviderContract
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    protected CancellationToken Deadline { get; } = new CancellationTokenSource(_limit).Token;

    protected abstract IBuildProvider Provider { get; }

    /// <summary>The same compute, seen by a broker that has just started.</summary>
    protected abstract IBuildProvider RestartedProvider { get; }

    /// <summary>A run that says hello and fills the folder <c>dist</c>, or does what <paramref name="command"/> says.</summary>
    protected virtual RunRequest Request(string command = "echo hello; mkdir dist; echo done > dist/index.html") => new()
    {
        Build = BuildId.Create(DateTimeOffset.UtcNow, Guid.NewGuid().ToByteArray().AsSpan(0, 10)),
        Attempt = 1,
        App = App("contract"),
        Source = new() { Kind = SourceKind.Upload, Digest = new string('0', 64) },
        Command = command,
        Output = "dist",
    };

    [Fact]
    public async Task A_run_that_builds_succeeds_and_its_artifact_is_a_gzip_stream()
    {
        var handle = await Provider.StartAsync(Request(), RunSecrets.None, Deadline);

        var (status, log) = await FollowAsync(Provider, handle);

        Assert.Equal(RunState.Succeeded, status.State);
        Assert.Equal(0, status.ExitCode);
        Assert.Contains("hello", log, StringComparison.Ordinal);
        if (Provider.Capabilities.PullsArtifact)
        {
            await using var artifact = await Provider.OpenArtifactAsync(handle, Deadline);
            Assert.Equal(0x1f, artifact.ReadByte());
            Assert.Equal(0x8b, artifact.ReadByte());
        }

        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task A_failing_build_fails_with_its_exit_code_and_step()
    {
        var handle = await Provider.StartAsync(Request("echo broken; exit 3"), RunSecrets.None, Deadline);

        var (status, log) = await FollowAsync(Provider, handle);

        Assert.Equal((RunState.Failed, 3, "build"), (status.State, status.ExitCode, status.Step));
        Assert.Contains("broken", log, StringComparison.Ordinal);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task Two_starts_of_one_attempt_are_one_run()
    {
        var request = Request();

        var handles = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Provider.StartAsync(request, RunSecrets.None, Deadline)));
        var later = await RestartedProvider.StartAsync(request, RunSecrets.None, Deadline);

        Assert.All(handles, handle => Assert.Equal(later, handle));
        var (_, log) = await FollowAsync(Provider, later);
        Assert.Equal(2, log.Split("\nhello\n").Length);
        await Provider.CleanUpAsync(later, Deadline);
    }

    [Fact]
    public async Task A_cancelled_run_ends_cancelled_and_a_second_cancel_changes_nothing()
    {
        var handle = await Provider.StartAsync(Request("echo waiting; sleep 300"), RunSecrets.None, Deadline);
        await UntilLoggedAsync(Provider, handle, "\nwaiting");

        await Provider.CancelAsync(handle, false, Deadline);
        var (status, _) = await FollowAsync(Provider, handle);
        await Provider.CancelAsync(handle, true, Deadline);

        Assert.Equal(RunState.Cancelled, status.State);
        Assert.Equal(RunState.Cancelled, (await Provider.PollAsync(handle, LogCursor.Start, Deadline)).Status.State);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task A_restarted_broker_takes_the_run_up_where_it_was()
    {
        var handle = await Provider.StartAsync(Request("echo first; sleep 1; echo second; mkdir dist; echo x > dist/x"), RunSecrets.None, Deadline);
        var before = await UntilLoggedAsync(Provider, handle, "\nfirst");

        var (status, after) = await FollowAsync(RestartedProvider, handle, before.Next);

        Assert.Equal(RunState.Succeeded, status.State);
        Assert.DoesNotContain("first", after, StringComparison.Ordinal);
        Assert.Contains("second", after, StringComparison.Ordinal);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task A_run_past_its_timeout_ends_timed_out()
    {
        var handle = await Provider.StartAsync(Request("sleep 300") with { Timeout = TimeSpan.FromSeconds(1) }, RunSecrets.None, Deadline);

        Assert.Equal(RunState.TimedOut, (await FollowAsync(Provider, handle)).Status.State);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task A_cleaned_up_run_is_gone_and_cleaning_up_again_is_fine()
    {
        var handle = await Provider.StartAsync(Request(), RunSecrets.None, Deadline);
        await FollowAsync(Provider, handle);

        await Provider.CleanUpAsync(handle, Deadline);
        await Provider.CleanUpAsync(handle, Deadline);

        Assert.Equal(RunState.Lost, (await Provider.PollAsync(handle, LogCursor.Start, Deadline)).Status.State);
    }

    [Fact]
    public async Task A_provider_that_is_set_up_is_ready() => Assert.True((await Provider.CheckAsync(Deadline)).Ready);

    protected static AppName App(string text) => AppName.TryParse(text, out var name) ? name : throw new ArgumentException(text);

    protected async Task<(RunStatus Status, string Log)> FollowAsync(IBuildProvider provider, RunHandle handle, LogCursor? from = null)
    {
        var log = new StringBuilder();
        for (var cursor = from ?? LogCursor.Start; ;)
        {
            var poll = await provider.PollAsync(handle, cursor, Deadline);
            log.Append(Encoding.UTF8.GetString(poll.Log.Span));
            cursor = poll.Next;
            if (poll.Status.IsFinal && !poll.More)
            {
                return (poll.Status, log.ToString());
            }

            await provider.WaitForChangeAsync(handle, cursor, Deadline);
        }
    }

    protected async Task<RunPoll> UntilLoggedAsync(IBuildProvider provider, RunHandle handle, string text)
    {
        while (true)
        {
            var poll = await provider.PollAsync(handle, LogCursor.Start, Deadline);
            if (Encoding.UTF8.GetString(poll.Log.Span).Contains(text, StringComparison.Ordinal))
            {
                return poll;
            }

            Assert.False(poll.Status.IsFinal, $"{poll.Status} {Encoding.UTF8.GetString(poll.Log.Span)}");
            await provider.WaitForChangeAsync(handle, poll.Next, Deadline);
        }
    }
}
