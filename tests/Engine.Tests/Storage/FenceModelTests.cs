namespace BuildFunctions.Engine.Tests.Storage;

public sealed class FenceModelTests
{
    private const int Schedules = 20_000;

    [Fact]
    public void Reading_the_fence_before_sending_again_never_violates_anything() =>
        Assert.Empty(Violations(FenceModel.Variant.Resolve));

    [Fact]
    public void Taking_412_for_another_owner_kills_rightful_owners() =>
        Assert.InRange(Violations(FenceModel.Variant.BlindRetry).GetValueOrDefault("took its own commit for another owner's"), Schedules / 2, Schedules);

    [Fact]
    public void Taking_a_timeout_for_a_failure_loses_batches()
    {
        var violations = Violations(FenceModel.Variant.TimeoutIsFailure);
        Assert.InRange(violations.GetValueOrDefault("lost a batch of a live owner"), Schedules / 4, Schedules);
    }

    private static Dictionary<string, int> Violations(FenceModel.Variant variant) => Enumerable.Range(0, Schedules)
        .SelectMany(seed => FenceModel.Violations(seed, variant))
        .CountBy(violation => violation)
        .ToDictionary();
}
