using BuildFunctions.Functions.Limits;

namespace BuildFunctions.Functions.Tests.Limits;

public sealed class BucketsTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public void Take_BeyondWhatItHolds_SaysHowLongToWait()
    {
        var buckets = new Buckets(new BucketOptions { PerSecond = 2, Burst = 3 }, _clock);

        Assert.All(Enumerable.Range(0, 3), _ => Assert.Null(buckets.Take("a")));
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take("a"));
        Assert.Null(buckets.Take("b"));
        _clock.Pass(TimeSpan.FromSeconds(0.5));
        Assert.Null(buckets.Take("a"));
        Assert.NotNull(buckets.Take("a"));
    }

    [Fact]
    public void Take_AfterALongWhile_HoldsNoMoreThanItsBurst()
    {
        var buckets = new Buckets(new BucketOptions { PerSecond = 100, Burst = 2 }, _clock);
        _clock.Pass(TimeSpan.FromHours(1));

        Assert.Null(buckets.Take("a"));
        Assert.Null(buckets.Take("a"));
        Assert.NotNull(buckets.Take("a"));
    }

    [Fact]
    public void Take_AMillionKeys_KeepsABoundedNumber()
    {
        var buckets = new Buckets(new BucketOptions { PerSecond = 0.01, Burst = 1 }, _clock);
        for (var key = 0; key < 1_000_000; key++)
        {
            Assert.Null(buckets.Take($"{key}"));
        }

        Assert.InRange(buckets.Count, 1, Buckets.Most);
    }
}
