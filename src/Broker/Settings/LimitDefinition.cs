using System.Globalization;
using BuildFunctions.Contracts.Limits;
using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Broker.Settings;

/// <summary>A limit that may be changed while the broker runs: its setting, and what values it takes.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Key">The setting that it stands for.</param>
/// <param name="Form">The values that it takes, in words.</param>
public sealed record LimitDefinition(string Name, string Key, string Default, string What, string Form, Func<string, IConfiguration, bool> Takes)
{
    private const string LongestTimeout = "01:00:00";

    public static IReadOnlyList<LimitDefinition> All { get; } =
    [
        Number(LimitName.SourceBytes, "Sources:MaxBytes", "50000000", 1000, 2L << 30, "bytes of an uploaded source, compressed"),
        Number(LimitName.SourceFileBytes, "Sources:MaxFileBytes", "536870912", 1000, 8L << 30, "bytes of one file of a source"),
        new("builds.timeout", "Builds:Timeout", "00:10:00", "how long a build may run unless its request says otherwise", "a time as in 00:20:00, at most Builds:MaxTimeout", IsTimeout),
        Number("builds.maxAttempts", "Builds:MaxAttempts", "3", 1, 10, "attempts of a build when infrastructure fails"),
        Number("queue.maxConcurrent", "Queue:MaxConcurrent", "3", 1, 1000, "builds that run at a time"),
        Number("queue.maxWaiting", "Queue:MaxWaiting", "1000", 1, 100_000, "builds that wait at a time"),
        Number("storage.maxBytes", "Storage:MaxBytes", "", 1_000_000, long.MaxValue, "bytes that the broker may store; empty: no limit"),
    ];

    public static LimitDefinition? Find(string name) => All.FirstOrDefault(limit => string.Equals(limit.Name, name, StringComparison.OrdinalIgnoreCase));

    private static LimitDefinition Number(string name, string key, string otherwise, long least, long most, string what) => new(
        name,
        key,
        otherwise,
        what,
        $"a number from {least} to {most}",
        (text, _) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most);

    private static bool IsTimeout(string text, IConfiguration settings) =>
        TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero
        && time <= TimeSpan.Parse(settings["Builds:MaxTimeout"] ?? LongestTimeout, CultureInfo.InvariantCulture);
}
