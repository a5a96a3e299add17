using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Audit;

public sealed class AuditTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task Every_change_tells_who_did_what_to_what_and_how_it_ended()
    {
        var app = Api.NewApp();
        var made = await Http.TokenAsync(Right.Deploy, app);
        using var client = usual.Broker.With(made.Secret!);
        var build = await client.TriggerAsync(new BuildRequest { App = app, NoBuild = true, Env = new Dictionary<string, string> { ["KEY"] = "do-not-keep" } });
        (await client.UploadAsync(build, TestSource.Page())).Dispose();
        await client.EndOfAsync(build);
        (await client.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();
        (await client.PostAsync($"/api/apps/{app}/rollback", null)).Dispose();

        IReadOnlyList<AuditEntry> entries = [];
        await Eventually.TrueAsync("four answered entries", async () => (entries = (await PageAsync($"?app={app}")).Items).Count(entry => entry.Outcome == AuditOutcome.Answered) == 4);

        Assert.Equal(["Rollback", "CancelBuild", "UploadSource", "TriggerBuild"], entries.Select(entry => entry.Action));
        Assert.Equal([404, 409, 200, 202], entries.Select(entry => entry.Status));
        Assert.All(entries, entry => Assert.Equal(($"{made.Id}", made.Label, app, "127.0.0.1"), (entry.Actor, entry.Label, $"{entry.App}", entry.From)));
        Assert.All(entries.Skip(1), entry => Assert.Equal($"{build.Id}", entry.Target));
        Assert.DoesNotContain("do-not-keep", await Http.GetStringAsync($"/api/audit?app={app}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refused_is_told_too()
    {
        var app = Api.NewApp();
        using var client = await usual.Broker.ClientAsync(Right.Read, app);
        (await client.PostAsync($"/api/apps/{app}/rollback", null)).Dispose();

        await Eventually.TrueAsync("the refusal is told", async () => (await PageAsync($"?app={app}")).Items.Any(entry => (entry.Action, entry.Status) == ("Rollback", 403)));
    }

    [Fact]
    public async Task The_log_is_read_in_pages_and_exported_as_lines()
    {
        var app = Api.NewApp();
        for (var number = 0; number < 7; number++)
        {
            (await Http.TryTriggerAsync(new BuildRequest { App = app })).Dispose();
        }

        var whole = (await PageAsync($"?app={app}")).Items;
        var first = await PageAsync($"?app={app}&limit=5");
        var second = await PageAsync($"?app={app}&limit=5&cursor={first.Cursor}");
        Assert.Equal(whole.Select(entry => entry.Id), first.Items.Concat(second.Items).Select(entry => entry.Id));
        Assert.Equal((7, 5, null), (whole.Count, first.Items.Count, second.Cursor));

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/audit?app={app}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        using var export = await Http.SendAsync(request);
        Assert.Equal("application/x-ndjson", export.Content.Headers.ContentType?.MediaType);
        var lines = (await export.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal(whole.Select(entry => entry.Id), lines.Select(line => JsonSerializer.Deserialize(line, ContractsJson.Default.AuditEntry)!.Id));
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?app=Not!", "app")]
    [InlineData("?since=yesterday", "since")]
    public async Task A_query_that_is_not_valid_names_its_field(string query, string field)
    {
        using var answer = await Http.GetAsync($"/api/audit{query}");

        Assert.Contains(field, (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }

    private async Task<AuditPage> PageAsync(string query) => (await Http.GetFromJsonAsync($"/api/audit{query}", ContractsJson.Default.AuditPage))!;
}
