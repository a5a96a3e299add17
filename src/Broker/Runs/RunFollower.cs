using System.Collections.Concurrent;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Secrets.Redaction;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Broker.Runs;

/// <summary>
/// Follows runs in the background of this process: their logs go into storage as they grow, and whoever waits for the end is told at once.
/// Nothing is lost with the process: the next poll of a run, here or on another host, begins to follow it again from where storage stands.
/// </summary>
public sealed partial class RunFollower(
    ProviderRegistry providers, BuildLogs logs, RunLogFollower follower, RunRedactors redactors, IHostApplicationLifetime lifetime, ILogger<RunFollower> logger)
{
    // A run whose attempt ends on another host is never forgotten here by name.
    private const int Most = 2000;

    private readonly ConcurrentDictionary<RunId, Lazy<Task<RunStatus>>> _followed = new();

    /// <summary>The run's state, final only when its log is stored to the last byte.</summary>
    /// <param name="ended">Called in the background if the run goes on now and its following ends later.</param>
    public async Task<RunStatus> StatusAsync(RunId run, AppName app, RunHandle handle, Func<Task> ended)
    {
        var following = Follow(run, app, handle, ended);
        if (!following.IsCompleted)
        {
            return new RunStatus { State = RunState.Running };
        }

        if (!following.IsCompletedSuccessfully)
        {
            _followed.TryRemove(run, out _);
        }

        // Whoever has overtaken this host says when the run ends; to overtake in turn would have two hosts take the log from each other for ever.
        return IsOvertaken(following) ? new RunStatus { State = RunState.Running } : await following;
    }

    /// <summary>Begins to follow a run unless this process does so already.</summary>
    public Task<RunStatus> Follow(RunId run, AppName app, RunHandle handle, Func<Task> ended)
    {
        var added = new Lazy<Task<RunStatus>>(() => FollowAsync(run, app, handle));
        var found = _followed.GetOrAdd(run, added);
        if (found == added)
        {
            _ = TellAsync(run, found.Value, ended);
            ForgetEnded();
        }

        return found.Value;
    }

    public void Forget(RunId run)
    {
        _followed.TryRemove(run, out _);
        redactors.Forget(run);
    }

    private void ForgetEnded()
    {
        foreach (var (run, following) in _followed.Count > Most ? _followed.ToArray() : [])
        {
            if (following is { IsValueCreated: true, Value.IsCompleted: true })
            {
                Forget(run);
            }
        }
    }

    private async Task<RunStatus> FollowAsync(RunId run, AppName app, RunHandle handle)
    {
        await Task.Yield();
        var stopping = lifetime.ApplicationStopping;
        var writer = await logs.OpenAsync(run.Build, run.Attempt, await redactors.FindAsync(run, app, stopping), stopping);
        var status = await redactors.GuardAsync(
            run,
            app,
            () => follower.FollowAsync(providers.Find(handle.Provider), handle, writer, cancellation => redactors.FindAsync(run, app, cancellation), stopping),
            stopping);

        // What a run says of its end goes into history, record and timeline.
        var redactor = await redactors.FindAsync(run, app, stopping);
        return status with
        {
            Reason = status.Reason is { } reason ? redactor.Redact(reason) : null,
            Step = status.Step is { } step ? redactor.Redact(step) : null,
            Output = status.Output is { } output ? redactor.Redact(output) : null,
        };
    }

    private async Task TellAsync(RunId run, Task<RunStatus> following, Func<Task> ended)
    {
        try
        {
            await ((Task)following).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!IsOvertaken(following))
            {
                await ended();
            }
        }
        catch (Exception exception)
        {
            NotTold(logger, run.ToString(), exception);
        }
    }

    private static bool IsOvertaken(Task following) => following.IsFaulted && BuildLogs.IsOvertaken(following.Exception?.InnerException);

    [LoggerMessage(1, LogLevel.Warning, "The end of run {Run} could not be announced; the next poll finds it")]
    private static partial void NotTold(ILogger logger, string run, Exception exception);
}
