namespace BuildFunctions.Broker.Cache;

/// <summary>Which entries have to go.</summary>
internal static class CacheBudget
{
    private const double LeftAfterCleaning = 0.8;

    /// <summary>Those that are too old; and where the releases of the rest are too large together, those used longest ago. A release counts once and goes with its last entry.</summary>
    public static IReadOnlyList<StoredEntry> Outdated(IReadOnlyCollection<StoredEntry> entries, CacheOptions options, DateTimeOffset now)
    {
        var outdated = entries.Where(entry => now - entry.UsedAt > options.MaxAge).ToList();
        var releases = entries.Except(outdated).GroupBy(entry => entry.Release)
            .Select(entriesOf => (Entries: entriesOf.ToList(), Bytes: entriesOf.Max(entry => entry.Bytes), UsedAt: entriesOf.Max(entry => entry.UsedAt)))
            .ToList();
        var bytes = releases.Sum(release => release.Bytes);
        if (bytes <= options.MaxBytes)
        {
            return outdated;
        }

        foreach (var release in releases.OrderBy(release => release.UsedAt).TakeWhile(_ => bytes > options.MaxBytes * LeftAfterCleaning))
        {
            outdated.AddRange(release.Entries);
            bytes -= release.Bytes;
        }

        return outdated;
    }
}
