using System.Net;
using BuildFunctions.Broker.Reconciliation;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Reconciliation;
using BuildFunctions.Functions.Tests.Failover.Remote;

namespace BuildFunctions.Functions.Tests.Failover;

public sealed class CancelConfirmationTests : IAsyncLifetime
{
    private Providers _on = null!;

    public async Task InitializeAsync()
    {
        _on = await Providers.StartAsync(settings => settings["Reconcile__Grace"] = "00:00:00");
        _on.A.FirstState = RemoteRun.Running;
    }

    public async Task DisposeAsync() => await _on.DisposeAsync();

    [Fact]
    public async Task A_cancel_ends_the_build_when_the_provider_says_that_the_run_has_stopped()
    {
        var build = await CancelledAsync();

        Assert.Equal(BuildStatus.Cancelled, build.Status);
        Assert.Empty(build.Warnings);
        Assert.Empty(_on.A.Runs);
        Assert.Empty(_on.B.Runs);
    }

    [Fact]
    public async Task A_cancel_that_is_never_confirmed_ends_with_a_warning_and_the_broker_goes_on_cancelling()
    {
        _on.A.HeedsCancel = false;

        var build = await CancelledAsync();

        Assert.Equal(BuildStatus.Cancelled, build.Status);
        var run = Assert.Single(_on.A.Alive);
        Assert.Contains($"Run {run.Id} may still be running at a", Assert.Single(build.Warnings));
        using var late = await CallBackAsync(run, build);
        Assert.False(late.IsSuccessStatusCode);
        Assert.Contains((await ReconcileAsync()).Findings, finding => (finding.Kind, finding.Run, finding.Mended) == ("stray", run.Id, false));

        _on.A.HeedsCancel = true;
        Assert.Contains((await ReconcileAsync()).Findings, finding => (finding.Run, finding.Mended) == (run.Id, true));
        Assert.Empty(_on.A.Runs);
        Assert.Empty(await _on.Broker.Get<StrayRuns>().ReadAsync(default));
        Assert.Contains("reconciled", await _on.Broker.Http.GetStringAsync($"/api/builds/{build.Id}/timeline"));
    }

    [Fact]
    public async Task A_cancel_that_the_provider_cannot_take_ends_the_build_all_the_same()
    {
        var build = await RunningAsync();
        _on.A.BreakAll(new RemoteFault(500));

        await CancelAsync(build);
        var ended = await _on.Broker.Http.EndOfAsync(build);

        Assert.Equal(BuildStatus.Cancelled, ended.Status);
        Assert.Single(ended.Warnings);
        Assert.Single(_on.A.Alive);
        _on.A.Heal();
        await _on.UntilReconciledAsync(() => _on.A.Runs.Count == 0);
    }

    private async Task<Build> RunningAsync()
    {
        var build = await _on.StartBuildAsync("a", "b");
        await _on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);
        return build;
    }

    private async Task<Build> CancelledAsync()
    {
        var build = await RunningAsync();
        await CancelAsync(build);
        return await _on.Broker.Http.EndOfAsync(build);
    }

    private async Task CancelAsync(Build build)
    {
        using var answer = await _on.Broker.Http.PostAsync($"/api/builds/{build.Id}/cancel", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private Task<ReconcileReport> ReconcileAsync() => _on.ReconcileAsync();

    private async Task<HttpResponseMessage> CallBackAsync(RemoteRun run, Build build)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_build/callback");
        request.Headers.Add("X-Build-ID", $"{build.Id}");
        request.Headers.Add("X-Build-Status", "success");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {run.Token}");
        return await _on.Broker.Stranger.SendAsync(request);
    }
}
