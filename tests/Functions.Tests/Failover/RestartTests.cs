using BuildFunctions.Contracts.Builds;
using BuildFunctions.Functions.Tests.Failover.Remote;

namespace BuildFunctions.Functions.Tests.Failover;

/// <summary>The broker goes down at each step of a fail-over and comes up again; nothing is lost and nothing runs twice.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private Providers _on = null!;

    public async Task InitializeAsync() => _on = await Providers.StartAsync(settings => settings["Builds__CancelTimeout"] = "00:01:00");

    public async Task DisposeAsync() => await _on.DisposeAsync();

    [Fact]
    public async Task Between_the_run_being_made_and_its_name_being_stored()
    {
        _on.A.Break("create", RemoteFault.SilentAfterEffect);
        var build = await _on.StartBuildAsync("a", "b");
        await _on.A.UntilAsync(a => a.Runs.Count == 1);

        await RestartedAsync(_on.A.Heal);

        await AssertBuiltOnceAsync(build, "a", 1);
        Assert.Equal([$"create {build.Id}-1"], _on.A.Calls);
    }

    [Fact]
    public async Task While_the_first_provider_refuses()
    {
        _on.A.BreakAll(RemoteFault.Unavailable);
        var build = await _on.StartBuildAsync("a", "b");
        await _on.A.UntilAsync(a => a.Faults > 0);

        await RestartedAsync();

        await AssertBuiltOnceAsync(build, "b", 2);
    }

    [Fact]
    public async Task While_the_second_provider_makes_the_run()
    {
        _on.A.BreakAll(RemoteFault.Unavailable);
        _on.B.Break("create", RemoteFault.SilentAfterEffect);
        var build = await _on.StartBuildAsync("a", "b");
        await _on.B.UntilAsync(b => b.Runs.Count == 1);

        await RestartedAsync(_on.B.Heal);

        await AssertBuiltOnceAsync(build, "b", 2);
        Assert.Equal([$"create {build.Id}-2"], _on.B.Calls);
    }

    [Fact]
    public async Task While_the_build_waits_for_any_provider()
    {
        _on.A.BreakAll(RemoteFault.Unavailable);
        _on.B.BreakAll(RemoteFault.Unavailable);
        var build = await _on.StartBuildAsync("a", "b");
        await _on.Broker.Http.UntilAsync(build, item => item.Data.Contains("waiting for provider"));

        await RestartedAsync(() =>
        {
            _on.A.Heal();
            _on.B.Heal();
        });

        Assert.Equal(BuildStatus.Success, (await _on.Broker.Http.EndOfAsync(build)).Status);
        Assert.Equal(1, _on.A.Calls.Count + _on.B.Calls.Count);
    }

    [Fact]
    public async Task While_a_run_that_may_have_begun_is_ended()
    {
        _on.A.FirstState = RemoteRun.Running;
        _on.A.HeedsCancel = false;
        _on.A.Break("create", RemoteFault.SilentAfterEffect);
        var build = await _on.StartBuildAsync("a", "b");
        await _on.A.UntilAsync(a => a.Asked("cancel"));

        await RestartedAsync(() => _on.A.HeedsCancel = true);

        await AssertBuiltOnceAsync(build, "b", 2);
        Assert.Equal([$"create {build.Id}-1", $"cancel {build.Id}-1"], _on.A.Calls);
    }

    [Fact]
    public async Task While_a_run_goes_on()
    {
        _on.A.FirstState = RemoteRun.Running;
        var build = await _on.StartBuildAsync("a", "b");
        await _on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);

        await RestartedAsync(() => _on.A.Move($"{build.Id}-1", RemoteRun.Succeeded));

        await AssertBuiltOnceAsync(build, "a", 1);
        Assert.Single(_on.A.Calls);
    }

    [Fact]
    public async Task While_a_cancel_waits_for_its_confirmation()
    {
        _on.A.FirstState = RemoteRun.Running;
        _on.A.HeedsCancel = false;
        var build = await _on.StartBuildAsync("a", "b");
        await _on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);
        (await _on.Broker.Http.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();
        await _on.A.UntilAsync(a => a.Asked("cancel"));

        await RestartedAsync(() => _on.A.HeedsCancel = true);

        Assert.Equal(BuildStatus.Cancelled, (await _on.Broker.Http.EndOfAsync(build)).Status);
        Assert.Empty(_on.A.Alive);
        Assert.Empty(_on.B.Runs);
    }

    private async Task RestartedAsync(Action? meanwhile = null)
    {
        await _on.StopAsync();
        meanwhile?.Invoke();
        await _on.RestartAsync();
    }

    private async Task AssertBuiltOnceAsync(Build build, string provider, int attempt)
    {
        var ended = await _on.Broker.Http.EndOfAsync(build);
        Assert.True(ended.Status == BuildStatus.Success, ended.Error?.Detail);
        Assert.Equal((provider, attempt), (ended.Provider, ended.Attempt));
        Assert.Equal(provider, await _on.Broker.Stranger.GetStringAsync($"/sites/{build.App}/"));
    }
}
