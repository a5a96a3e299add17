using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Builds;

public sealed class BuildKeysTests
{
    [Fact]
    public void NewestFirst_LaterBuild_SortsBeforeTheEarlierOne()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var random = new Random(7);
        var ids = Enumerable.Range(0, 200).Select(i =>
        {
            var bytes = new byte[10];
            random.NextBytes(bytes);
            return BuildId.Create(start.AddMilliseconds(i * 977), bytes);
        }).ToList();

        Assert.Equal(ids.AsEnumerable().Reverse(), ids.OrderBy(BuildKeys.NewestFirst, StringComparer.Ordinal));
    }

    [Fact]
    public void IdempotencyPartition_AnyText_IsAValidKey() =>
        Assert.Matches(@"\Akey\|[0-9a-f]{64}\z", BuildKeys.IdempotencyPartition("a/b\\c#d?\u0001"));
}
