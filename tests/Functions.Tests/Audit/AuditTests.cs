using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Functions.Tests.Access;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Audit;

public sealed class AuditTests : IAsyncLifetime
{
    private BrokerHost _host = null!;

    public async Task InitializeAsync() => _host = await BrokerHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Every_change_tells_who_did_what_to_what_and_how_it_ended()
    {
        var app = Api.NewApp();
        var made = await _host.Http.TokenAsync(Right.Deploy, app);
        using var client = _host.With(made.Secret!);
        var build = await client.TriggerAsync(new BuildRequest { App = app, NoBuild = true, Env = new Dictionary<string, string> { ["KEY"] = "do-not-keep" } });
        (await client.UploadAsync(build, TestSource.Page())).Dispose();
        await client.EndOfAsync(build);
        (await client.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();
        (await client.PostAsync($"/api/apps/{app}/rollback", null)).Dispose();

        var entries = await ListAsync("");

        Assert.Equal(["Rollback", "CancelBuild", "UploadSource", "TriggerBuild", "CreateToken"], entries.Select(entry => entry.Action));
        Assert.Equal([404, 409, 200, 202, 201], entries.Select(entry => entry.Status));
        Assert.All(entries, entry => Assert.Equal((AuditOutcome.Answered, "127.0.0.1"), (entry.Outcome, entry.From)));
        Assert.All(entries[..4], entry => Assert.Equal(($"{made.Id}", made.Label, app), (entry.Actor, entry.Label, $"{entry.App}")));
        Assert.All(entries[1..4], entry => Assert.Equal($"{build.Id}", entry.Target));
        Assert.Equal(($"{made.Id}", "test"), (entries[4].Target, entries[4].Label));
        var text = await _host.Http.GetStringAsync("/api/audit");
        Assert.DoesNotContain(made.Secret!, text);
        Assert.DoesNotContain("do-not-keep", text);
        Assert.Equal(entries.Count - 1, (await ListAsync($"?app={app}")).Count);
    }

    [Fact]
    public async Task What_was_refused_is_told_too_but_no_more_of_it_than_somebody_reads()
    {
        using var client = await _host.ClientAsync(Right.Read, "shop");
        for (var time = 0; time < 20; time++)
        {
            (await client.PostAsync("/api/apps/shop/rollback", null)).Dispose();
            using var stranger = _host.With("bf_" + new string('A', 43));
            (await stranger.GetAsync("/api/apps")).Dispose();
        }

        var refused = await ListAsync("?action=Rollback");
        Assert.All(refused, entry => Assert.Equal((403, "shop"), (entry.Status, $"{entry.App}")));
        Assert.InRange(refused.Count, 1, 6);
        var strangers = await ListAsync("?actor=stranger");
        Assert.All(strangers, entry => Assert.Equal((401, "ListApps", "127.0.0.1"), (entry.Status, entry.Action, entry.From)));
        Assert.InRange(strangers.Count, 1, 6);
    }

    private async Task<List<AuditEntry>> ListAsync(string query) => [.. (await PageAsync(query)).Items];

    private async Task<AuditPage> PageAsync(string query) => (await _host.Http.GetFromJsonAsync($"/api/audit{query}", ContractsJson.Default.AuditPage))!;
}
