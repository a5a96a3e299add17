using System.Globalization;
using NCrontab;

namespace BuildFunctions.Embedded.Timers;

/// <summary>When a timer function is due, in UTC.</summary>
internal sealed class TimerSchedule(string text, Func<DateTime, DateTime> next)
{
    public string Text { get; } = text;

    public DateTime Next(DateTime after) => next(after);

    /// <summary>A schedule that is due more than once a minute is not worth keeping in storage; the Functions host does not either.</summary>
    public bool IsFrequent(DateTime now)
    {
        var at = Next(now);
        for (var i = 0; i < 5; i++)
        {
            var following = Next(at);
            if (following - at < TimeSpan.FromMinutes(1))
            {
                return true;
            }

            at = following;
        }

        return false;
    }

    public static TimerSchedule? Parse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        if (CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 }) is { } cron)
        {
            return new TimerSchedule(text, after => DateTime.SpecifyKind(cron.GetNextOccurrence(after), DateTimeKind.Utc));
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var every) && every > TimeSpan.Zero
            ? new TimerSchedule(text, after => after + every)
            : null;
    }
}
