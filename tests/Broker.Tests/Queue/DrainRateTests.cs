using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Tests.Tokens;

namespace BuildFunctions.Broker.Tests.Queue;

public sealed class DrainRateTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public void NextRetry_NothingEndedYet_IsHalfAMinute() => Assert.Equal(TimeSpan.FromSeconds(30), new DrainRate(_clock).NextRetry());

    [Fact]
    public void NextRetry_EachRefused_WaitsForOneMoreToEnd()
    {
        var drain = new DrainRate(_clock);
        drain.Observe(0);
        _clock.Now += TimeSpan.FromSeconds(20);
        drain.Observe(10);

        Assert.Equal([2, 4, 6], Enumerable.Range(0, 3).Select(_ => drain.NextRetry().TotalSeconds));
        drain.Observe(12);
        Assert.InRange(drain.NextRetry().TotalSeconds, 3, 4);
    }
}
