using System.Text.Json;
using BuildFunctions.Broker.Failover;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Failover;

public sealed class FailoverPolicyTests
{
    private static readonly FailoverState _two = new() { Providers = ["a", "b"], MaxAttempts = 3 };
    private static readonly FailoverState _one = new() { Providers = ["a"], MaxAttempts = 3 };

    [Theory]
    [InlineData(ErrorCode.WorkerLost, null, "b")]
    [InlineData(ErrorCode.ProviderUnavailable, null, "b")]
    [InlineData(ErrorCode.BuildQuotaExceeded, null, "b")]
    [InlineData(ErrorCode.StorageUnavailable, null, "b")]
    [InlineData(ErrorCode.BuildNotConfigured, null, "b")]
    [InlineData(ErrorCode.ProviderRejected, 401, "b")]
    [InlineData(ErrorCode.ProviderRejected, 403, "b")]
    [InlineData(ErrorCode.ProviderRejected, 422, null)]
    [InlineData(ErrorCode.ProviderRejected, null, null)]
    [InlineData(ErrorCode.BuildFailed, null, null)]
    [InlineData(ErrorCode.BuildTimeout, null, null)]
    [InlineData(ErrorCode.ArtifactInvalid, null, null)]
    [InlineData(ErrorCode.ArtifactTooLarge, null, null)]
    [InlineData(ErrorCode.SourceInvalid, null, null)]
    [InlineData(ErrorCode.Validation, null, null)]
    [InlineData(ErrorCode.Conflict, null, null)]
    [InlineData(ErrorCode.Internal, null, null)]
    public void Infrastructure_goes_on_and_the_builds_own_faults_end_it(string code, int? status, string? next) =>
        Assert.Equal(next, FailoverPolicy.Decide(_two, Failed(1, "a", code, status: status)).Provider);

    [Fact]
    public void Each_decision_says_what_failed_and_what_follows()
    {
        Assert.Equal(
            "attempt 1 on a: PROVIDER_UNAVAILABLE, nothing was started → next attempt on b",
            FailoverPolicy.Decide(_two, Failed(1, "a", ErrorCode.ProviderUnavailable, nothing: true)).Reason);
        Assert.Equal("attempt 1 on a: WORKER_LOST → next attempt on b", FailoverPolicy.Decide(_two, Failed(1, "a", ErrorCode.WorkerLost)).Reason);
        Assert.Contains("no other attempt", FailoverPolicy.Decide(_two, Failed(1, "a", ErrorCode.BuildFailed)).Reason);
    }

    [Fact]
    public void Attempts_go_round_the_providers_until_they_are_used_up()
    {
        var first = FailoverPolicy.Decide(_two, Failed(1, "a", ErrorCode.WorkerLost));
        var second = FailoverPolicy.Decide(first.State, Failed(2, "b", ErrorCode.WorkerLost));
        var third = FailoverPolicy.Decide(second.State, Failed(3, "a", ErrorCode.WorkerLost));

        Assert.Equal([("b", 2), ("a", 3), (null, 0)], new[] { first, second, third }.Select(step => (step.Provider, step.Number)));
        Assert.Contains("all 3 attempts", third.Reason);
    }

    [Fact]
    public void The_same_provider_is_given_time_another_is_not()
    {
        var first = FailoverPolicy.Decide(_one, Failed(1, "a", ErrorCode.WorkerLost));
        var second = FailoverPolicy.Decide(first.State, Failed(2, "a", ErrorCode.WorkerLost));

        Assert.Equal([("a", 2, 5.0), ("a", 3, 10.0)], new[] { first, second }.Select(step => (step.Provider!, step.Number, step.Pause.TotalSeconds)));
        Assert.Equal(TimeSpan.FromSeconds(90), FailoverPolicy.Decide(_one, Failed(1, "a", ErrorCode.WorkerLost, after: 90)).Pause);
        Assert.Equal(TimeSpan.Zero, FailoverPolicy.Decide(_two, Failed(1, "a", ErrorCode.WorkerLost, after: 90)).Pause);
    }

    [Fact]
    public void An_outage_of_all_providers_is_waited_for_and_uses_no_attempt_up()
    {
        var (state, number, provider) = (_two, 1, "a");
        HashSet<string> asked = [];
        for (var round = 0; round < 200; round++)
        {
            asked.Add(provider);
            var step = FailoverPolicy.Decide(state, Failed(number, provider, ErrorCode.ProviderUnavailable, nothing: true));
            Assert.False(step.Ends);
            Assert.Equal(0, step.State.Used);
            Assert.True(!step.Waiting || step.Pause >= TimeSpan.FromSeconds(30));
            (state, number, provider) = (step.State, step.Number, step.Provider!);
        }

        Assert.Equal(2, number);
        Assert.Equal(["a", "b"], asked.Order());
    }

    [Fact]
    public void A_wait_is_for_the_provider_that_asked_for_the_least()
    {
        var first = FailoverPolicy.Decide(_two, Failed(1, "a", ErrorCode.BuildQuotaExceeded, nothing: true, after: 600));
        var second = FailoverPolicy.Decide(first.State, Failed(2, "b", ErrorCode.BuildQuotaExceeded, nothing: true, after: 60));

        Assert.Equal(("b", true, 60.0), (second.Provider, second.Waiting, second.Pause.TotalSeconds));
        Assert.Equal(TimeSpan.FromMinutes(10), FailoverPolicy.Decide(_one, Failed(1, "a", ErrorCode.BuildQuotaExceeded, nothing: true, after: 600)).Pause);
    }

    [Fact]
    public void A_provider_that_refused_the_credentials_is_not_asked_again()
    {
        var first = FailoverPolicy.Decide(_two, Failed(1, "a", ErrorCode.ProviderRejected, status: 401, nothing: true));
        var second = FailoverPolicy.Decide(first.State, Failed(2, "b", ErrorCode.WorkerLost));
        var third = FailoverPolicy.Decide(second.State, Failed(3, "b", ErrorCode.BuildNotConfigured, nothing: true));

        Assert.Equal(["b", "b", null], new[] { first, second, third }.Select(step => step.Provider));
        Assert.Contains("no other provider", third.Reason);
    }

    private static FailedAttempt Failed(int number, string provider, string code, bool nothing = false, int? after = null, int? status = null) => new(
        number,
        provider,
        new Problem
        {
            Code = code,
            Status = 0,
            Title = code,
            Fields = status is null ? null : new Dictionary<string, JsonElement> { ["status"] = JsonSerializer.SerializeToElement(status) },
        },
        nothing,
        after is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
}
