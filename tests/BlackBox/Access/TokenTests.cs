using System.Net;
using System.Net.Http.Json;
using System.Text;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Access;

public sealed class TokenTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task A_token_is_shown_once_listed_without_itself_and_ends_when_it_is_revoked()
    {
        var made = await Http.TokenAsync(Right.Read, "shop");
        using var client = usual.Broker.With(made.Secret!);
        using (var allowed = await client.GetAsync("/api/apps"))
        {
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        var listing = await Http.GetStringAsync("/api/tokens");
        Assert.DoesNotContain(made.Secret!, listing, StringComparison.Ordinal);
        var listed = Assert.Single((await Http.GetFromJsonAsync("/api/tokens", ContractsJson.Default.TokenArray))!, token => token.Id == made.Id);
        Assert.Equal((Right.Read, null, false, "shop"), (listed.Right, listed.Secret, listed.Current, $"{Assert.Single(listed.Apps!)}"));

        using (var ended = await Http.DeleteAsync($"/api/tokens/{made.Id}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }

        using var refused = await client.GetAsync("/api/apps");
        await refused.ProblemAsync(HttpStatusCode.Unauthorized, ErrorCode.Unauthenticated);
        using var again = await Http.DeleteAsync($"/api/tokens/{made.Id}");
        await again.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task Nobody_gives_out_more_than_they_have()
    {
        using var keeper = await usual.Broker.ClientAsync(Right.Admin, "shop", "blog");
        await keeper.TokenAsync(Right.Admin, "blog");

        foreach (var apps in new[] { Array.Empty<string>(), ["wiki"], ["shop", "wiki"] })
        {
            using var answer = await keeper.TryTokenAsync(Right.Read, apps);
            Assert.Equal("admin", (await answer.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden)).Fields!["needs"].GetString());
        }
    }

    [Theory]
    [InlineData("""{"right":"read"}""", "label")]
    [InlineData("""{"label":"x"}""", "right")]
    [InlineData("""{"label":"x","right":"root"}""", "right")]
    [InlineData("""{"label":"x","right":"read","apps":[]}""", "apps")]
    [InlineData("""{"label":"x","right":"read","apps":["Not A Name"]}""", "apps[0]")]
    [InlineData("""{"label":"x","right":"read","expiresIn":5}""", "expiresIn")]
    public async Task A_request_that_is_not_valid_names_its_field(string body, string field)
    {
        using var answer = await Http.PostAsync("/api/tokens", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Contains(field, (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }

    [Theory]
    [InlineData(Right.Trigger, DeployTarget.Preview, true)]
    [InlineData(Right.Trigger, DeployTarget.Production, false)]
    [InlineData(Right.Trigger, null, false)]
    [InlineData(Right.Read, DeployTarget.None, false)]
    [InlineData(Right.Deploy, null, true)]
    public async Task What_goes_live_needs_deploy(Right right, DeployTarget? target, bool allowed)
    {
        var app = Api.NewApp();
        using var client = await usual.Broker.ClientAsync(right, app);

        using var answer = await client.TryTriggerAsync(new BuildRequest { App = app, Deploy = target });
        using var foreign = await client.TryTriggerAsync(new BuildRequest { App = Api.NewApp(), Deploy = target });

        Assert.Equal(allowed ? HttpStatusCode.Accepted : HttpStatusCode.Forbidden, answer.StatusCode);
        await foreign.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
    }

    [Fact]
    public async Task A_token_for_one_app_sees_nothing_of_another()
    {
        var (mine, other) = (await Http.TriggerAsync(), await Http.TriggerAsync());
        using var client = await usual.Broker.ClientAsync(Right.Deploy, $"{mine.App}");

        Assert.Equal([mine.Id], (await client.GetFromJsonAsync("/api/builds", ContractsJson.Default.BuildPage))!.Items.Select(build => build.Id));
        Assert.Equal([mine.App], (await client.GetFromJsonAsync("/api/apps", ContractsJson.Default.AppArray))!.Select(app => app.Name));
        using var listed = await client.GetAsync($"/api/builds?app={other.App}");
        await listed.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        foreach (var id in new[] { $"{other.Id}", "bld_00000000000000000000000000" })
        {
            using var hidden = await client.GetAsync($"/api/builds/{id}");
            Assert.Equal($"There is no build '{id}'. 'bf list' shows what there is.", (await hidden.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound)).Detail);
            using var kept = await client.PostAsync($"/api/builds/{id}/cancel", null);
            await kept.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        }
    }
}
