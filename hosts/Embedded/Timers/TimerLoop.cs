using Azure;

namespace BuildFunctions.Embedded.Timers;

/// <summary>One timer function, run when it is due and never beside itself.</summary>
internal sealed partial class TimerLoop(
    AppFunction function, TimerSchedule schedule, FunctionInvoker invoker, TimerStorage storage, TimeProvider time, ILogger<TimerLoop> logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <param name="ended">No more runs.</param>
    /// <param name="aborted">The running function must stop too.</param>
    public async Task RunAsync(CancellationToken ended, CancellationToken aborted)
    {
        try
        {
            var monitored = function.Trigger.Flag("useMonitor", otherwise: true) && !schedule.IsFrequent(Now);
            var status = monitored ? await CatchUpAsync(aborted) : null;
            if (status is { IsPastDue: true } || function.Trigger.Flag("runOnStartup", otherwise: false))
            {
                await FireAsync(status?.Status, status is { IsPastDue: true }, aborted);
            }

            while (true)
            {
                await WaitUntilAsync(schedule.Next(Now), ended);
                await FireAsync(status?.Status, isPastDue: false, aborted);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            LogStopped(function.Name);
        }
    }

    private async Task<(ScheduleStatus Status, bool IsPastDue)?> CatchUpAsync(CancellationToken cancellation)
    {
        var now = Now;
        var kept = await storage.ReadStatusAsync(function, cancellation);
        var expected = kept is null ? default : schedule.Next(kept.Last == default ? kept.LastUpdated : kept.Last);
        if (kept is not null && kept.Next == expected)
        {
            return (kept, now > kept.Next);
        }

        // A new function, or a new schedule: nothing has been missed.
        var status = new ScheduleStatus { Next = schedule.Next(now), LastUpdated = now };
        await storage.WriteStatusAsync(function, status, cancellation);
        return (status, false);
    }

    private async Task FireAsync(ScheduleStatus? status, bool isPastDue, CancellationToken cancellation)
    {
        var due = Now;
        try
        {
            await invoker.InvokeAsync(function, new TimerInfo { ScheduleStatus = status, IsPastDue = isPastDue }, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailed(fault, function.Name);
        }

        if (status is not null)
        {
            // Written after the run: a host that dies in it runs the function again, as past due.
            (status.Last, status.Next, status.LastUpdated) = (due, schedule.Next(due), Now);
            await KeepAsync(status);
        }
    }

    private async Task KeepAsync(ScheduleStatus status)
    {
        try
        {
            await storage.WriteStatusAsync(function, status, CancellationToken.None);
        }
        catch (Exception fault) when (fault is RequestFailedException or AggregateException)
        {
            LogNotKept(fault, function.Name);
        }
    }

    private async Task WaitUntilAsync(DateTime due, CancellationToken ended)
    {
        for (var left = due - Now; left > TimeSpan.Zero; left = due - Now)
        {
            await Task.Delay(left < LongestWait ? left : LongestWait, time, ended);
        }

        ended.ThrowIfCancellationRequested();
    }

    [LoggerMessage(LogLevel.Error, "Timer function {Function} failed.")]
    private partial void LogFailed(Exception fault, string function);

    [LoggerMessage(LogLevel.Warning, "The schedule of {Function} could not be stored; the run counts as missed after a restart.")]
    private partial void LogNotKept(Exception fault, string function);

    [LoggerMessage(LogLevel.Debug, "The timer of {Function} has stopped on this host.")]
    private partial void LogStopped(string function);
}
