using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Builds;

public sealed class ListTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task Pages_hold_every_build_once_newest_first()
    {
        var app = Api.NewApp();
        List<Build> made = [];
        for (var number = 0; number < 7; number++)
        {
            made.Add(await Http.TriggerAsync(new BuildRequest { App = app, Deploy = DeployTarget.None }));
        }

        List<Build> read = [];
        List<int> sizes = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await Http.GetFromJsonAsync($"/api/builds?app={app}&limit=3&cursor={Uri.EscapeDataString(cursor)}", ContractsJson.Default.BuildPage))!;
            read.AddRange(page.Items);
            sizes.Add(page.Items.Count);
            cursor = page.Cursor;
        }

        Assert.Equal(made.Select(build => build.Id).Reverse(), read.Select(build => build.Id));
        Assert.Equal([3, 3, 1], sizes);
    }

    [Fact]
    public async Task Builds_are_listed_by_app_status_and_provider()
    {
        var app = Api.NewApp();
        var waiting = await Http.TriggerAsync(new BuildRequest { App = app });
        var failed = await Http.RunAsync("exit 1", request => request with { App = app });

        Assert.Equal([failed.Id], (await ListAsync($"?app={app}&status=failed")).Select(build => build.Id));
        Assert.Equal([waiting.Id], (await ListAsync($"?app={app}&status=pending")).Select(build => build.Id));
        Assert.Equal(2, (await ListAsync($"?app={app}&provider=local")).Count);
        Assert.Empty(await ListAsync($"?app={app}&provider=elsewhere"));
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=101", "limit")]
    [InlineData("?app=Not!", "app")]
    [InlineData("?status=odd", "status")]
    public async Task A_query_that_is_not_valid_names_its_field(string query, string field)
    {
        using var answer = await Http.GetAsync($"/api/builds{query}");

        Assert.Contains(field, (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }

    private async Task<IReadOnlyList<Build>> ListAsync(string query) => (await Http.GetFromJsonAsync($"/api/builds{query}", ContractsJson.Default.BuildPage))!.Items;
}
