using System.Net;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Failover.Remote;

namespace BuildFunctions.Functions.Tests.Failover;

public sealed class FailoverTests : IAsyncLifetime
{
    private Providers _on = null!;

    public async Task InitializeAsync() => _on = await Providers.StartAsync();

    public async Task DisposeAsync() => await _on.DisposeAsync();

    [Fact]
    public async Task A_provider_that_is_down_is_left_for_the_next_and_the_timeline_says_why()
    {
        _on.A.BreakAll(RemoteFault.Unavailable);

        var build = await _on.BuildAsync("a", "b");

        Assert.True(build.Status == BuildStatus.Success, build.Error?.Detail);
        Assert.Equal([(1, "a", ErrorCode.ProviderUnavailable), (2, "b", "succeeded")], build.Attempts.Select(one => (one.Number, one.Provider, one.Outcome)));
        Assert.Equal(["attempt 1 on a: PROVIDER_UNAVAILABLE, nothing was started → next attempt on b"], await _on.DecisionsAsync(build));
        Assert.Equal("b", build.Provider);
        Assert.Equal("b", await _on.Broker.Stranger.GetStringAsync($"/sites/{build.App}/"));
        Assert.Empty(await _on.Broker.Get<SlotStore>().HoldersAsync(default));
    }

    [Fact]
    public async Task A_build_that_fails_fails_on_one_provider()
    {
        _on.A.FirstState = RemoteRun.Failed;

        var build = await _on.BuildAsync("a", "b");

        Assert.Equal((BuildStatus.Failed, ErrorCode.BuildFailed), (build.Status, build.Error!.Code));
        Assert.Equal("a", Assert.Single(build.Attempts).Provider);
        Assert.Empty(_on.B.Runs);
    }

    [Theory]
    [InlineData(401, "b")]
    [InlineData(429, "b")]
    [InlineData(500, "b")]
    [InlineData(422, null)]
    public async Task What_a_provider_answers_decides_where_the_build_goes(int status, string? next)
    {
        _on.A.Break("create", new RemoteFault(status, RetryAfter: 1));

        var build = await _on.BuildAsync("a", "b");

        Assert.Equal(next is null ? BuildStatus.Failed : BuildStatus.Success, build.Status);
        Assert.Equal(next ?? "a", build.Provider);
    }

    [Fact]
    public async Task A_create_whose_answer_is_lost_is_adopted()
    {
        _on.A.Break("create", RemoteFault.SilentAfterEffect);
        var build = await _on.StartBuildAsync("a", "b");
        await _on.A.UntilAsync(a => a.Runs.Count > 0);

        _on.A.Heal();
        var ended = await _on.Broker.Http.EndOfAsync(build);

        Assert.Equal(("a", 1), (ended.Provider, ended.Attempt));
        Assert.Single(_on.A.Calls);
    }

    [Fact]
    public async Task A_run_that_may_have_begun_is_ended_before_the_next_provider_begins_one()
    {
        _on.A.FirstState = RemoteRun.Running;
        _on.A.Break("create", RemoteFault.SilentAfterEffect);
        var alive = -1;
        var build = await _on.StartBuildAsync("a", "b");
        await _on.B.UntilAsync(b =>
        {
            alive = _on.A.Alive.Count;
            return b.Runs.Count > 0 || b.Calls.Count > 0;
        });

        var ended = await _on.Broker.Http.EndOfAsync(build);

        Assert.Equal(0, alive);
        Assert.Equal([$"create {build.Id}-1", $"cancel {build.Id}-1"], _on.A.Calls);
        Assert.Equal([(1, "a"), (2, "b")], ended.Attempts.Select(one => (one.Number, one.Provider)));
    }

    [Fact]
    public async Task A_run_that_vanished_is_built_again_elsewhere()
    {
        _on.A.FirstState = RemoteRun.Running;
        var build = await _on.StartBuildAsync("a", "b");
        await _on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);

        _on.A.Lose($"{build.Id}-1");
        var ended = await _on.Broker.Http.EndOfAsync(build);

        Assert.Equal([("a", ErrorCode.WorkerLost), ("b", "succeeded")], ended.Attempts.Select(one => (one.Provider, one.Outcome)));
    }

    [Fact]
    public async Task An_outage_in_mid_build_is_sat_out()
    {
        _on.A.FirstState = RemoteRun.Running;
        var build = await _on.StartBuildAsync("a", "b");
        await _on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);
        _on.A.Break("read", new RemoteFault(500));
        await _on.A.UntilAsync(a => a.Faults > 1);

        _on.A.Move($"{build.Id}-1", RemoteRun.Succeeded);
        _on.A.Heal();
        var ended = await _on.Broker.Http.EndOfAsync(build);

        Assert.Equal((BuildStatus.Success, "a", 1), (ended.Status, ended.Provider, ended.Attempt));
    }

    [Fact]
    public async Task The_attempt_after_a_stop_that_was_never_confirmed_is_heard()
    {
        (_on.A.FirstState, _on.B.FirstState) = (RemoteRun.Running, RemoteRun.Running);
        var build = await _on.Broker.Http.StartAsync(also: request => request with { Providers = ["a", "b"], Timeout = 6 });
        await _on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);
        _on.A.BreakAll(new RemoteFault(503, RetryAfter: 1));
        await _on.B.UntilAsync(b => b.Runs.Count > 0);

        var status = await CallBackAsync(build, Assert.Single(_on.B.Runs).Token);
        _on.B.Move($"{build.Id}-2", RemoteRun.Succeeded);
        var ended = await _on.Broker.Http.EndOfAsync(build);

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal([("a", ErrorCode.ProviderUnavailable), ("b", "succeeded")], ended.Attempts.Select(one => (one.Provider, one.Outcome)));
        Assert.DoesNotContain("\"cancelling\"", await _on.Broker.Http.GetStringAsync($"/api/builds/{build.Id}/timeline"));
    }

    [Fact]
    public async Task When_no_provider_takes_it_the_build_waits_without_a_slot_and_uses_no_attempt_up()
    {
        _on.A.BreakAll(RemoteFault.Unavailable);
        _on.B.BreakAll(RemoteFault.Unavailable);
        var build = await _on.StartBuildAsync("a", "b");
        await _on.Broker.Http.UntilAsync(build, item => item.Data.Contains("waiting for provider"));

        var waiting = await _on.Broker.Http.ReadAsync(build);
        Assert.Contains("next try at", (await _on.Broker.Http.GetStringAsync($"/api/builds/{build.Id}/timeline")));
        Assert.False(waiting.Status.IsFinal());
        _on.A.Heal();
        _on.B.Heal();
        var ended = await _on.Broker.Http.EndOfAsync(build);

        Assert.True(ended.Status == BuildStatus.Success, ended.Error?.Detail);
        Assert.InRange(ended.Attempt, 1, 2);
    }

    [Fact]
    public async Task A_build_that_waits_for_its_provider_can_be_cancelled()
    {
        _on.A.BreakAll(RemoteFault.Unavailable);
        var build = await _on.StartBuildAsync("a");
        await _on.Broker.Http.UntilAsync(build, item => item.Data.Contains("waiting for provider"));

        (await _on.Broker.Http.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();

        Assert.Equal(BuildStatus.Cancelled, (await _on.Broker.Http.EndOfAsync(build)).Status);
        Assert.Empty(_on.A.Runs);
    }

    private async Task<HttpStatusCode> CallBackAsync(Build build, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_build/callback")
        {
            Headers = { { "X-Build-ID", $"{build.Id}" }, { "X-Build-Status", "started" }, { "Authorization", $"Bearer {token}" } },
        };
        using var answer = await _on.Broker.Stranger.SendAsync(request);
        return answer.StatusCode;
    }
}
