using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace KitchenSink;

public sealed partial class TimerFunctions(Happenings happenings, ILogger<TimerFunctions> logger)
{
    [Function("EverySecond")]
    public void EverySecond([TimerTrigger("* * * * * *", UseMonitor = false)] TimerInfo timer)
    {
        LogTick(timer.IsPastDue);
        happenings.Tell("tick", $"past due: {timer.IsPastDue}");
    }

    [Function("Hourly")]
    public void Hourly([TimerTrigger("%HOURLY%", RunOnStartup = true)] TimerInfo timer) =>
        happenings.Tell("hourly", timer.ScheduleStatus is { } status ? $"within the hour: {status.Next.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime <= TimeSpan.FromHours(1)}" : "no status");

    [LoggerMessage(Level = LogLevel.Warning, Message = "A tick, past due: {PastDue}.")]
    private partial void LogTick(bool pastDue);
}
