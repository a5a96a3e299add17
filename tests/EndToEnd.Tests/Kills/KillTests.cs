using Azure.Data.Tables;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.EndToEnd.Tests.Broker;
using BuildFunctions.EndToEnd.Tests.Builds;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.EndToEnd.Tests.Kills;

/// <summary>kill -9 at every stage of a build. After a restart it must end as if nothing had been.</summary>
public sealed class KillTests(KillFixture fixture) : IClassFixture<KillFixture>
{
    private RunningBroker Broker => fixture.Broker;

    [Fact]
    public async Task While_a_build_waits_for_its_source()
    {
        var app = new ScriptApp(Broker.Scratch, "unsent", open: true);
        string id;
        using (var before = new BrokerApi(Broker))
        {
            id = (await before.TriggerAsync(new BuildRequest { App = app.Name, Source = SourceKind.Upload })).Id.ToString();
        }

        await RestartAsync();
        using var api = new BrokerApi(Broker);
        await api.SendSourceAsync(id, await app.ArchiveAsync());
        await AssertEndedAsync(api, id, app);
    }

    [Fact]
    public async Task While_a_build_waits_in_the_queue()
    {
        var (first, second) = (new ScriptApp(Broker.Scratch, "holds"), new ScriptApp(Broker.Scratch, "queues", open: true));
        string holding, queued;
        using (var before = new BrokerApi(Broker))
        {
            holding = await fixture.Bf.DoAsync("deploy", first.Folder, "--detach");
            await Until.TrueAsync("the first build runs", () => first.Runs > 0);
            queued = await fixture.Bf.DoAsync("deploy", second.Folder, "--detach");
            await before.ReachAsync(queued, "queued");
        }

        await RestartAsync();
        using var api = new BrokerApi(Broker);
        var waiting = await api.BuildAsync(queued);
        Assert.Equal((BuildStatus.Pending, BuildPhase.Queued), (waiting.Status, waiting.Phase));
        Assert.Equal(0, second.Runs);
        first.Open();
        await AssertEndedAsync(api, holding, first);
        await AssertEndedAsync(api, queued, second);
    }

    [Fact]
    public async Task While_the_build_runs_which_goes_on_by_itself()
    {
        var app = new ScriptApp(Broker.Scratch, "alone");
        var id = await fixture.Bf.DoAsync("deploy", app.Folder, "--detach");
        var following = fixture.Bf.Start("logs", id, "--follow");
        await Until.TrueAsync("the log arrives", () => following.Output.Contains("line 150 of 300", StringComparison.Ordinal));

        await Broker.KillAsync();
        app.Open();
        await Until.TrueAsync("the run ends without a broker", () => Directory.GetFiles(Broker.Data, "result", SearchOption.AllDirectories).Length > 0);
        await Broker.StartAsync();

        using var api = new BrokerApi(Broker);
        await AssertEndedAsync(api, id, app);
        var followed = await following.EndAsync();
        Assert.Equal(0, followed.Code);
        Assert.Equal(Said(await api.LogAsync(id)), Said(followed.Output));
    }

    [Fact]
    public async Task While_a_build_is_cancelled()
    {
        var app = new ScriptApp(Broker.Scratch, "cancelled");
        var id = await fixture.Bf.DoAsync("deploy", app.Folder, "--detach");
        await Until.TrueAsync("the build runs", () => app.Runs > 0);
        await fixture.Bf.DoAsync("cancel", id);

        await RestartAsync();
        using var api = new BrokerApi(Broker);
        Assert.Equal(BuildStatus.Cancelled, (await api.EndOfAsync(id)).Status);
        Assert.Empty((await api.DeploymentsAsync(app.Name)).Items);
        await AssertNothingIsLeftAsync(id);
    }

    [Theory]
    [InlineData("preparing")]
    [InlineData("dispatching")]
    [InlineData("building")]
    [InlineData("fetching")]
    [InlineData("validating")]
    [InlineData("deploying")]
    [InlineData("live")]
    public async Task As_soon_as_a_build_has_come_to(string stage)
    {
        var app = new ScriptApp(Broker.Scratch, $"at-{stage}", open: true);
        string id;
        using (var before = new BrokerApi(Broker))
        {
            id = await fixture.Bf.DoAsync("deploy", app.Folder, "--detach");
            await before.ReachAsync(id, stage);
        }

        await RestartAsync();
        using var api = new BrokerApi(Broker);
        await AssertEndedAsync(api, id, app);
    }

    private async Task RestartAsync()
    {
        await Broker.KillAsync();
        await Broker.StartAsync();
    }

    private async Task AssertEndedAsync(BrokerApi api, string id, ScriptApp app)
    {
        var build = await api.EndOfAsync(id);
        Assert.True(build.Status == BuildStatus.Success, $"{build.Status}: {build.Error?.Detail}\n{Broker.Tail()}");
        Assert.Equal(1, app.Runs);
        Assert.Single(build.Attempts);
        Assert.Equal(ScriptApp.Lines, (await api.LogAsync(id)).Split('\n').Where(line => line.StartsWith("line ", StringComparison.Ordinal)));
        Assert.Equal(build.Deployment, Assert.Single((await api.DeploymentsAsync(app.Name)).Items).Id);
        Assert.Contains("<h1>first</h1>", await api.TextAsync(app.Name), StringComparison.Ordinal);
        var timeline = await api.TimelineAsync(id);
        Assert.Single(timeline, entry => entry.Event == "success");
        Assert.Equal("success", timeline[^1].Event);
        await AssertNothingIsLeftAsync(id);
    }

    private async Task AssertNothingIsLeftAsync(string id)
    {
        var slots = new TableServiceClient(Broker.Storage).GetTableClient("bfslots").QueryAsync<TableEntity>();
        Assert.DoesNotContain(id, await slots.Select(row => row.RowKey).ToListAsync());
        Assert.DoesNotContain(Directory.GetDirectories(Path.Combine(Broker.Data, "local", "runs")), run => run.Contains(id, StringComparison.Ordinal));
        Assert.Empty(RunProcesses.Of(id));
    }

    /// <summary>What the build itself wrote: the broker's marks are shown in words by bf.</summary>
    private static IEnumerable<string> Said(string log) => log.Split('\n').Where(line => !line.StartsWith('␞') && !line.StartsWith("---", StringComparison.Ordinal));
}
