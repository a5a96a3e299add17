using System.Globalization;

namespace BuildFunctions.Cli.Terminals;

/// <summary>Sizes and times as people read them.</summary>
internal static class Measure
{
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes}B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#}kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#}MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#}GB"),
    };

    /// <summary>Bytes of a size that a person wrote, as in 100MB or 1.5GB; null for what is none.</summary>
    public static long? Bytes(string text)
    {
        foreach (var (unit, bytes) in ((string, double)[])[("kB", 1e3), ("MB", 1e6), ("GB", 1e9)])
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
            {
                return (long)(number * bytes);
            }
        }

        return null;
    }

    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(time.TotalSeconds, 0):0.#}s"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m {time.Seconds}s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours}h {time.Minutes}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Days}d"),
    };

    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalHours: < 1 } past => string.Create(CultureInfo.InvariantCulture, $"{past.Minutes}m ago"),
        { TotalDays: < 1 } past => string.Create(CultureInfo.InvariantCulture, $"{past.Hours}h ago"),
        { } past => string.Create(CultureInfo.InvariantCulture, $"{past.Days}d ago"),
    };
}
