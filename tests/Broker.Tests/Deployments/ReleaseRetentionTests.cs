using BuildFunctions.Broker.Deployments;

namespace BuildFunctions.Broker.Tests.Deployments;

public sealed class ReleaseRetentionTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_release_is_marked_first_and_deleted_later_unless_it_is_used_again()
    {
        var stored = new Dictionary<string, DateTimeOffset> { ["old"] = _now.AddDays(-1), ["young"] = _now.AddMinutes(-59), ["used"] = _now.AddDays(-1), ["back"] = _now.AddDays(-1) };
        var first = ReleaseRetention.Sweep(stored, new HashSet<string> { "used" }, new Dictionary<string, DateTimeOffset>(), _now);
        Assert.Empty(first.Delete);
        Assert.Equal(["back", "old"], first.Marked.Keys.Order());

        var soon = ReleaseRetention.Sweep(stored, new HashSet<string> { "used", "young" }, first.Marked, _now.AddMinutes(30));
        Assert.Empty(soon.Delete);
        Assert.Equal(_now, soon.Marked["old"]);

        var later = ReleaseRetention.Sweep(stored, new HashSet<string> { "used", "young", "back" }, soon.Marked, _now.AddMinutes(61));
        Assert.Equal(["old"], later.Delete);
        Assert.Empty(later.Marked);
    }
}
