using Azure;
using Azure.Storage.Blobs.Specialized;

namespace BuildFunctions.Embedded.Timers;

/// <summary>Runs the timer functions on whichever host of the app holds the lease.</summary>
internal sealed partial class TimerService(
    TimerTrigger timers, TimerStorage storage, TimerLeaseOptions options, IServiceProvider services, IHostApplicationLifetime lifetime,
    ILogger<TimerService> logger) : IHostedService
{
    private readonly CancellationToken _stopping = lifetime.ApplicationStopping;
    private readonly CancellationTokenSource _aborting = new();
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (timers.Schedules.Count > 0)
        {
            lifetime.ApplicationStarted.Register(() => _running = Task.Run(RunAsync, CancellationToken.None));
        }

        return Task.CompletedTask;
    }

    /// <summary>Since the host began to stop nothing new has started; what runs may end while the server drains beside it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await using (cancellationToken.Register(_aborting.Cancel))
        {
            await _running;
        }
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await HoldAsync();
                await Task.Delay(options.AskEvery, _stopping);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogUnavailable(fault);
                await Task.Delay(options.AskEvery, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Returns when the lease is another host's, is lost, or the host stops.</summary>
    private async Task HoldAsync()
    {
        var lease = (await storage.LeaseBlobAsync(_stopping)).GetBlobLeaseClient();
        try
        {
            await lease.AcquireAsync(options.Duration, cancellationToken: _stopping);
        }
        catch (RequestFailedException held) when (held.Status == 409)
        {
            return;
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(_aborting.Token);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopping, lost.Token);
        var loops = timers.Schedules.Select(one => LoopOf(one.Key, one.Value).RunAsync(ended.Token, lost.Token)).ToList();
        var all = Task.WhenAll(loops);
        try
        {
            await RenewAsync(lease, loops, all);
        }
        finally
        {
            await lost.CancelAsync();
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ReleaseAsync(lease);
        }

        await all;
    }

    private TimerLoop LoopOf(AppFunction function, TimerSchedule schedule) =>
        ActivatorUtilities.CreateInstance<TimerLoop>(services, function, schedule);

    private async Task RenewAsync(BlobLeaseClient lease, List<Task> loops, Task all)
    {
        while (await Task.WhenAny(all, Task.Delay(options.RenewEvery)) != all && !loops.Exists(loop => loop.IsFaulted))
        {
            await lease.RenewAsync(cancellationToken: _aborting.Token);
        }
    }

    private async Task ReleaseAsync(BlobLeaseClient lease)
    {
        try
        {
            await lease.ReleaseAsync();
        }
        catch (RequestFailedException gone)
        {
            LogUnavailable(gone);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The storage of the timers does not answer as expected; trying again.")]
    private partial void LogUnavailable(Exception why);
}
