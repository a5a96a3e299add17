using System.Net;
using System.Text.Json;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Tests.Failover.Remote;

namespace BuildFunctions.Functions.Tests.Reconciliation;

public sealed class ReconcileTests : IAsyncLifetime
{
    private Failover.Providers _on = null!;

    public async Task InitializeAsync()
    {
        _on = await Failover.Providers.StartAsync(settings =>
        {
            settings["Reconcile__Grace"] = "00:00:00";
            settings["Reconcile__UnknownGrace"] = "00:15:00";
        });
        _on.A.FirstState = RemoteRun.Running;
    }

    public async Task DisposeAsync() => await _on.DisposeAsync();

    [Fact]
    public async Task Zombies_and_second_runs_are_ended_and_what_is_owned_or_not_ours_is_left_alone()
    {
        var build = await _on.StartBuildAsync("a");
        await _on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);
        var owned = Assert.Single(_on.A.Alive);
        var unknown = new RunId(_on.Broker.Get<IdSource>().Next<BuildId>(), 1).ToString();
        var old = DateTimeOffset.UtcNow.AddHours(-1);
        _on.A.Put(owned with { Id = "second" });
        _on.A.Put(owned with { Id = "zombie", Key = unknown, StartedAt = old });
        _on.A.Put(owned with { Id = "young", Key = unknown });
        _on.A.Put(owned with { Id = "foreign", Key = unknown, Broker = "another", StartedAt = old });

        var report = await _on.ReconcileAsync();

        Assert.Equal([("double", "second"), ("zombie", "zombie")], report.Findings.Select(finding => (finding.Kind, finding.Run)).Order());
        Assert.All(report.Findings, finding => Assert.True(finding.Mended, finding.Trouble));
        Assert.Equal(new[] { owned.Id, "young", "foreign" }.Order(), _on.A.Alive.Select(run => run.Id).Order());
        Assert.Contains("reconciled", await _on.Broker.Http.GetStringAsync($"/api/builds/{build.Id}/timeline"));
        var told = JsonSerializer.Deserialize(await _on.Broker.Http.GetStringAsync("/api/reconcile"), ContractsJson.Default.ReconcileReport)!;
        Assert.Equal(report.Findings.Count, told.Findings.Count);
        Assert.Contains("reconcile_found_total", await _on.Broker.Http.GetStringAsync("/metrics"));

        _on.A.Move(owned.Key, RemoteRun.Succeeded);
        Assert.Equal(BuildStatus.Success, (await _on.Broker.Http.EndOfAsync(build)).Status);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_asked_does_not_hide_the_others_and_its_circuit_is_shown()
    {
        _on.A.BreakAll(new RemoteFault(500));
        _on.B.Put(new RemoteRun("left", new RunId(_on.Broker.Get<IdSource>().Next<BuildId>(), 1).ToString(), await _on.Broker.Get<BrokerMark>().ReadAsync(default), "t", RemoteRun.Running, DateTimeOffset.UnixEpoch));
        for (var i = 0; i < 5; i++)
        {
            var report = await _on.ReconcileAsync();
            Assert.NotNull(report.Providers.Single(provider => provider.Name == "a").Trouble);
        }

        Assert.Empty(_on.B.Alive);
        Assert.Contains("\"circuit\":{\"open\":true", await _on.Broker.Http.GetStringAsync("/api/providers/a"));
        Assert.Contains("\"circuit\":{\"open\":false", await _on.Broker.Http.GetStringAsync("/api/providers/b"));

        // Hosts of other tests in this process report under the same name, so the value may be theirs.
        Assert.Contains("providers_circuit_open{provider=\"a\"}", await _on.Broker.Http.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task Only_an_administrator_may_ask_for_it()
    {
        using var answer = await _on.Broker.Stranger.PostAsync("/api/reconcile", null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
