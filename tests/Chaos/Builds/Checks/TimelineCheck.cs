using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Chaos.Builds.Checks;

/// <summary>A timeline begins once, ends once and never goes back.</summary>
internal static class TimelineCheck
{
    private static readonly string[] _ends = ["success", "failed", "cancelled", "skipped"];

    public static void Check(Build build, TimelineEntry[] entries, Action<bool, string> check)
    {
        var story = string.Join(" ", entries.Select(entry => entry.Event));
        check(entries[0].Event == "created" && entries.Count(entry => entry.Event == "created") == 1, $"does not begin once: {story}");
        check(entries[^1].Event == $"{build.Status}".ToLowerInvariant() && entries.Count(entry => _ends.Contains(entry.Event)) == 1, $"does not end once as {build.Status}: {story}");
        check(entries.All(entry => entry.Duration is null or >= 0), $"has steps that took less than no time: {story}");
        var twice = entries.CountBy(entry => (entry.Event, entry.Attempt)).Where(one => one.Value > 1).Select(one => one.Key.Event).ToList();
        check(twice.Count == 0, $"has entries twice: {string.Join(", ", twice)}");
        check(entries.Count(entry => entry.Event is "live" or "preview" or "superseded") == (build.Status == BuildStatus.Success ? 1 : 0), $"was not deployed once: {story}");
    }
}
