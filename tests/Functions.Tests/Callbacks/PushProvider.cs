using System.Collections.Concurrent;
using System.Text;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Functions.Tests.Callbacks;

/// <summary>Compute whose artifact is not fetched but sent: the test plays the run.</summary>
internal sealed class PushProvider : IBuildProvider
{
    private readonly ConcurrentDictionary<string, RunState> _runs = new();

    public string Name => "push";

    public ProviderCapabilities Capabilities { get; } = new() { LiveLogs = false, PullsArtifact = false, PollInterval = TimeSpan.FromSeconds(1) };

    /// <summary>The token that the run of a build and attempt was given.</summary>
    public ConcurrentDictionary<string, string> Tokens { get; } = new();

    public int Starts { get; private set; }

    /// <summary>What the run does before its start is known to the broker.</summary>
    public Func<RunId, Task> Early { get; set; } = _ => Task.CompletedTask;

    public void End(RunId run, RunState state) => _runs[run.ToString()] = state;

    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new ProviderHealth(true));

    public async Task<RunHandle> StartAsync(RunRequest request, RunSecrets secrets, CancellationToken cancellationToken)
    {
        Starts++;
        var run = request.Id.ToString();
        _runs.TryAdd(run, RunState.Running);
        Tokens[run] = secrets.CallbackToken!;
        await Early(request.Id);
        return new RunHandle { Provider = Name, RunId = run };
    }

    public Task<RunPoll> PollAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes("pushed\n");
        var state = _runs[handle.RunId];
        var final = state is not (RunState.Running or RunState.Queued);
        return Task.FromResult(new RunPoll
        {
            Status = new RunStatus { State = state },
            Log = final && cursor == LogCursor.Start ? text : default,
            Next = final && cursor == LogCursor.Start ? cursor with { Offset = text.Length } : cursor,
        });
    }

    public async Task WaitForChangeAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken)
    {
        while (_runs[handle.RunId] == RunState.Running)
        {
            await Task.Delay(20, cancellationToken);
        }
    }

    public Task CancelAsync(RunHandle handle, bool force, CancellationToken cancellationToken)
    {
        _runs[handle.RunId] = RunState.Cancelled;
        return Task.CompletedTask;
    }

    public Task<Stream> OpenArtifactAsync(RunHandle handle, CancellationToken cancellationToken) => throw new NotSupportedException("Artifacts of this provider are sent.");

    public Task CleanUpAsync(RunHandle handle, CancellationToken cancellationToken) => Task.CompletedTask;
}
