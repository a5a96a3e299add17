using System.Globalization;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>Runs the harness on build servers. All state is in files there, so that neither a cut line nor another broker process changes a run.</summary>
internal sealed class SshProvider(SshServers servers, SshStarter starter) : IBuildProvider, IRunList
{
    public const string ProviderName = "ssh";

    private const int LogBlock = 256 * 1024;
    private const int AwaitTurns = 25;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    public string Name => ProviderName;

    public ProviderCapabilities Capabilities { get; } = new() { LiveLogs = true, PullsArtifact = true, CallsBack = false, HasServers = true, PollInterval = _pause };

    public async Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => await servers.CheckAsync(cancellationToken);

    public Task<RunHandle> StartAsync(RunRequest request, RunSecrets secrets, CancellationToken cancellationToken) => starter.StartAsync(request, secrets, cancellationToken);

    public async Task<RunPoll> PollAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken)
    {
        var name = SshRunName.Of(handle);
        try
        {
            return SshRunStatus.Read(await AskAsync(name, cancellationToken, "poll", Text(cursor.Offset), Text(LogBlock)), cursor);
        }
        catch (BrokerFailure)
        {
            // A server that answers is there, whatever was written down of it.
            if (await servers.WhyGoneAsync(name.Server, cancellationToken) is { } gone)
            {
                return new() { Status = new() { State = RunState.Lost, Reason = gone }, Next = cursor };
            }

            throw;
        }
    }

    public async Task WaitForChangeAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken)
    {
        var name = SshRunName.Of(handle);
        if (await servers.TryWaitAsync(name, cursor.Offset, AwaitTurns, cancellationToken))
        {
            return;
        }

        await Task.Delay(_pause, servers.Clock, cancellationToken);
    }

    public async Task CancelAsync(RunHandle handle, bool force, CancellationToken cancellationToken) =>
        await AskAsync(SshRunName.Of(handle), cancellationToken, "cancel", force ? "force" : "ask");

    public async Task<Stream> OpenArtifactAsync(RunHandle handle, CancellationToken cancellationToken)
    {
        var name = SshRunName.Of(handle);
        var made = await AskAsync(name, cancellationToken, "artifact");
        return made.Text("sha256") is { } sha256
            ? await servers.OpenAsync(name, "control/artifact.tar.gz", made.Number("size"), sha256, cancellationToken)
            : throw new WorkerLostException($"Run {handle.RunId} has no artifact on its server.");
    }

    public async Task CleanUpAsync(RunHandle handle, CancellationToken cancellationToken)
    {
        var name = SshRunName.Of(handle);
        if (await servers.IsKnownAsync(name.Server, cancellationToken))
        {
            await AskAsync(name, cancellationToken, "clean");
        }
    }

    public async Task<IReadOnlyList<ListedRun>> ListRunsAsync(string broker, CancellationToken cancellationToken)
    {
        var lists = await servers.AskAllAsync(cancellationToken, "list", broker);
        return [.. lists.SelectMany(list => list.Output.Split('\n').Select(line => Listed(list.Server, line)).OfType<ListedRun>())];
    }

    public async Task TidyAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await servers.AskAllAsync(
            cancellationToken, "tidy", Text((long)Math.Max(1, (servers.Clock.GetUtcNow() - before).TotalMinutes)), Text(servers.CacheBytes / 1024));

    private static ListedRun? Listed(string server, string line) =>
        line.Split(' ') is [var text, var ended, var since] && RunId.TryParse(text, out var run)
        && long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < uint.MaxValue
            ? new(new SshRunName(server, run).Handle, run, ended == "yes", DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private Task<AgentAnswer> AskAsync(SshRunName name, CancellationToken cancellation, string verb, params string[] arguments) =>
        servers.AskAsync(name.Server, cancellation, verb, [name.Run.ToString(), .. arguments]);
}
