using BuildFunctions.Activities.Runs;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Reconciliation;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Failover.Remote;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Failover;

/// <summary>Starts that are repeated, and starts that fail when the run is there already.</summary>
public sealed class StartTests : IAsyncLifetime
{
    private Providers _on = null!;

    public async Task InitializeAsync()
    {
        _on = await Providers.StartAsync(settings => settings["Reconcile__Grace"] = "00:00:00");
        _on.A.FirstState = RemoteRun.Running;
    }

    public async Task DisposeAsync() => await _on.DisposeAsync();

    [Fact]
    public async Task A_start_that_is_repeated_leaves_the_timeline_as_it_was()
    {
        var build = await _on.StartBuildAsync("a");
        await _on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);
        var before = await TimelineAsync(build);

        await ActivatorUtilities.CreateInstance<StartRunActivity>(_on.Broker.Host.Services)
            .RunAsync(OrderOf(build), _on.Broker.Get<DurableTaskClient>(), default);

        Assert.Equal(before, await TimelineAsync(build));
        Assert.Equal(BuildPhase.Building, (await _on.Broker.Http.ReadAsync(build)).Phase);
    }

    [Fact]
    public async Task A_start_that_comes_once_more_when_its_attempt_is_over_starts_nothing()
    {
        _on.A.FirstState = RemoteRun.Succeeded;
        var build = await _on.BuildAsync("a");
        Assert.Equal(BuildStatus.Success, build.Status);
        _on.A.Lose($"{build.Id}-1");
        var before = await TimelineAsync(build);

        await ActivatorUtilities.CreateInstance<StartRunActivity>(_on.Broker.Host.Services)
            .RunAsync(OrderOf(build), _on.Broker.Get<DurableTaskClient>(), default);

        Assert.Empty(_on.A.Runs);
        Assert.Equal(before, await TimelineAsync(build));
    }

    [Fact]
    public async Task A_run_whose_start_was_refused_all_the_same_is_ended_by_the_comparison()
    {
        _on.A.Break("create", new RemoteFault(422, AfterEffect: true));

        var build = await _on.BuildAsync("a");
        Assert.Equal(BuildStatus.Failed, build.Status);
        Assert.Single(_on.A.Alive);
        await _on.ReconcileAsync();

        Assert.Empty(_on.A.Runs);
    }

    [Fact]
    public async Task A_run_whose_name_was_stored_when_its_start_failed_for_good_is_on_the_list_of_strays()
    {
        var build = await _on.StartBuildAsync("a");
        await _on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);
        var lost = new AttemptOutcome { MayRun = true, Problem = new Problem { Code = ErrorCode.Internal, Status = 500, Title = "gone" } };

        await ActivatorUtilities.CreateInstance<EndAttemptActivity>(_on.Broker.Host.Services).RunAsync(new AttemptEnd(OrderOf(build), lost), default);

        var stray = Assert.Single(await _on.Broker.Get<StrayRuns>().ReadAsync(default));
        Assert.Equal(Assert.Single(_on.A.Alive).Id, stray.Handle.RunId);
    }

    private static AttemptOrder OrderOf(Build build) => new(build.Id, build.App, "a", 1, new BuildDeadlines());

    private async Task<IReadOnlyList<(DateTimeOffset At, string Event)>> TimelineAsync(Build build) =>
        [.. (await _on.Broker.Get<BuildStore>().TimelineAsync(build.Id, default)).Select(entry => (entry.At, entry.Event))];
}
