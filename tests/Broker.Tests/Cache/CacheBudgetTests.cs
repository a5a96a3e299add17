using BuildFunctions.Broker.Cache;
using BuildFunctions.Broker.Tests.Queue;

namespace BuildFunctions.Broker.Tests.Cache;

public sealed class CacheBudgetTests
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);

    [Fact]
    public void Outdated_Unused_IsWhatIsOlderThanTheAge() =>
        Assert.Equal(["old"], Outdated(1000, ("old", "r1", 1, 31), ("new", "r2", 1, 29)));

    [Fact]
    public void Outdated_TooLarge_TakesThoseUsedLongestAgoDownToFourFifths() =>
        Assert.Equal(["oldest", "older"], Outdated(100, ("young", "r1", 50, 1), ("oldest", "r2", 20, 9), ("older", "r3", 20, 8), ("old", "r4", 30, 2)));

    [Fact]
    public void Outdated_SharedRelease_CountsOnceAndGoesWhole()
    {
        Assert.Empty(Outdated(100, ("a", "same", 90, 1), ("b", "same", 90, 2)));
        Assert.Equal(["a", "b"], Outdated(100, ("a", "same", 90, 8), ("b", "same", 90, 9), ("c", "other", 20, 1)).Order());
    }

    private static IEnumerable<string> Outdated(long bytes, params (string Key, string Release, long Bytes, int DaysAgo)[] entries) =>
        CacheBudget.Outdated(
            [.. entries.Select(entry => new StoredEntry(Tickets.App("shop"), entry.Key, entry.Release, null, entry.Bytes, _now.AddDays(-entry.DaysAgo)))],
            new CacheOptions { MaxBytes = bytes },
            _now).Select(entry => entry.Key);
}
