using System.Net;
using System.Text;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Builds;

public sealed class TriggerTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    [Fact]
    public async Task A_build_is_accepted_with_its_address_and_a_place_for_its_source()
    {
        using var answer = await usual.Http.TryTriggerAsync(new BuildRequest { App = Api.NewApp() });

        var build = await answer.BuildAsync(HttpStatusCode.Accepted);
        Assert.Equal($"/api/builds/{build.Id}", answer.Headers.Location?.OriginalString);
        Assert.Equal($"/api/builds/{build.Id}/source", build.Upload?.Url);
        Assert.True(build.Upload!.ExpiresAt > build.CreatedAt);
        Assert.Equal((BuildStatus.Pending, BuildPhase.AwaitingSource), (build.Status, build.Phase));
        Assert.Equal(build.Id, (await usual.Http.ReadAsync(build)).Id);
    }

    [Theory]
    [InlineData("""{"app":"Not A Name"}""", "app")]
    [InlineData("""{"app":"a","timeout":0}""", "timeout")]
    [InlineData("""{"app":"a","timeout":100000}""", "timeout")]
    [InlineData("""{"app":"a","priority":5000}""", "priority")]
    [InlineData("""{"app":"a","root":"../up"}""", "root")]
    [InlineData("""{"app":"a","output":"/etc"}""", "output")]
    [InlineData("""{"app":"a","env":{"A B":"1"}}""", "env")]
    [InlineData("""{"app":"a","source":"git"}""", "repo")]
    [InlineData("""{"app":"a","source":"carrier-pigeon"}""", "source")]
    [InlineData("""{"app":"a","providers":[null]}""", "providers")]
    [InlineData("""{"app":"a","secrets":["KEY"]}""", "secrets")]
    [InlineData("""{"app":"a" """, "body")]
    [InlineData("null", "body")]
    public async Task What_is_not_valid_is_refused_with_the_name_of_the_field(string body, string field)
    {
        using var answer = await usual.Http.PostAsync("/api/builds", new StringContent(body, Encoding.UTF8, "application/json"));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);
        Assert.Contains(field, problem.FaultyFields());
        Assert.DoesNotContain("BuildFunctions.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        using var answer = await usual.Http.PostAsync("/api/builds", new StringContent("""{"app":"?","timeout":-1,"root":"..","priority":9999}""", Encoding.UTF8, "application/json"));

        Assert.Equal(["app", "priority", "root", "timeout"], (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields().Order());
    }

    [Fact]
    public async Task A_provider_that_is_not_set_up_is_named_with_a_hint()
    {
        using var answer = await usual.Http.TryTriggerAsync(new BuildRequest { App = "a", Provider = "modal" });

        var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, ErrorCode.BuildNotConfigured);
        Assert.Equal("modal", problem.Fields!["provider"].GetString());
        Assert.Contains("modal", problem.Fields["hint"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_triggers_under_one_key_are_one_build()
    {
        var request = new BuildRequest { App = Api.NewApp(), Command = Api.MakePage };

        var builds = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => usual.Http.TriggerAsync(request, key: request.App)));

        Assert.Single(builds.Select(build => build.Id).Distinct());
        var page = await usual.Http.GetStringAsync($"/api/builds?app={request.App}");
        Assert.Equal(1, page.Split("\"createdAt\"").Length - 1);
    }

    [Fact]
    public async Task A_key_that_stands_for_another_request_is_a_conflict()
    {
        var first = new BuildRequest { App = Api.NewApp() };
        await usual.Http.TriggerAsync(first, key: first.App);

        using var answer = await usual.Http.TryTriggerAsync(first with { Command = "true" }, key: first.App);

        Assert.Equal("idempotency-key-used", (await answer.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict)).Fields!["state"].GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/logs")]
    [InlineData("/timeline")]
    [InlineData("/artifact")]
    [InlineData("/artifact/files/index.html")]
    [InlineData("/cache")]
    [InlineData("/provenance")]
    public async Task A_build_that_is_unknown_is_not_found(string path)
    {
        foreach (var id in new[] { "bld_00000000000000000000000000", "nonsense" })
        {
            using var answer = await usual.Http.GetAsync($"/api/builds/{id}{path}");
            await answer.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        }
    }
}
