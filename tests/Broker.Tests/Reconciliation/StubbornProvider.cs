using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Tests.Reconciliation;

/// <summary>Has one run, and throws what it is told to where that run is removed and where it is tidied.</summary>
internal sealed class StubbornProvider(string name, RunId run) : IBuildProvider, IRunList
{
    public Exception? Fault { get; set; }

    public bool Removed { get; private set; }

    public RunHandle Handle => new() { Provider = name, RunId = run.ToString() };

    public string Name => name;

    public ProviderCapabilities Capabilities { get; } = new() { LiveLogs = false, PullsArtifact = true };

    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new ProviderHealth(true));

    public Task<RunHandle> StartAsync(RunRequest request, RunSecrets secrets, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RunPoll> PollAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken) =>
        Task.FromResult(new RunPoll { Status = new() { State = RunState.Lost }, Next = cursor });

    public Task WaitForChangeAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CancelAsync(RunHandle handle, bool force, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Stream> OpenArtifactAsync(RunHandle handle, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CleanUpAsync(RunHandle handle, CancellationToken cancellationToken)
    {
        Removed = Fault is null;
        return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
    }

    public Task<IReadOnlyList<ListedRun>> ListRunsAsync(string broker, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ListedRun>>(Removed ? [] : [new(Handle, run, Ended: true, DateTimeOffset.UnixEpoch)]);

    public Task TidyAsync(DateTimeOffset before, CancellationToken cancellationToken) => Fault is null ? Task.CompletedTask : Task.FromException(Fault);
}
