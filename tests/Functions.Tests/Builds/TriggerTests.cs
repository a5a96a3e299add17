using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Access;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Builds;

[Collection(SharedBrokerCollection.Name)]
public sealed class TriggerTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task A_build_is_accepted_with_its_address_and_a_place_for_its_source()
    {
        using var answer = await Http.TryTriggerAsync(new BuildRequest { App = Api.NewApp() });

        var build = await answer.BuildAsync(HttpStatusCode.Accepted);
        Assert.Equal($"/api/builds/{build.Id}", answer.Headers.Location?.OriginalString);
        Assert.Equal($"/api/builds/{build.Id}/source", build.Upload?.Url);
        Assert.Equal((BuildStatus.Pending, BuildPhase.AwaitingSource), (build.Status, build.Phase));
        Assert.Equal(build.Id, (await Http.ReadAsync(build)).Id);
    }

    [Theory]
    [InlineData("""{"app":"Not A Name"}""", "app")]
    [InlineData("""{"app":"a","timeout":-5}""", "timeout")]
    [InlineData("""{"app":"a","timeout":0}""", "timeout")]
    [InlineData("""{"app":"a","timeout":100000}""", "timeout")]
    [InlineData("""{"app":"a","priority":5000}""", "priority")]
    [InlineData("""{"app":"a","root":"../up"}""", "root")]
    [InlineData("""{"app":"a","output":"/etc"}""", "output")]
    [InlineData("""{"app":"a","env":{"A B":"1"}}""", "env")]
    [InlineData("""{"app":"a","env":{"A":null}}""", "env")]
    [InlineData("""{"app":"a","source":"git"}""", "repo")]
    [InlineData("""{"app":"a","source":"carrier-pigeon"}""", "source")]
    [InlineData("""{"app":"a","source":7}""", "source")]
    [InlineData("""{"app":"a","deploy":"everywhere"}""", "deploy")]
    [InlineData("""{"app":"a","providers":[null]}""", "providers")]
    [InlineData("""{"app":"a","secrets":["KEY"]}""", "secrets")]
    [InlineData("""{"app":"a" """, "body")]
    [InlineData("null", "body")]
    public async Task What_is_not_valid_is_refused_with_the_name_of_the_field(string body, string field)
    {
        using var answer = await PostAsync(body);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);
        Assert.Contains(field, problem.FaultyFields());
        Assert.DoesNotContain("BuildFunctions.", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        using var answer = await PostAsync("""{"app":"?","timeout":-1,"root":"..","priority":9999}""");

        Assert.Equal(["app", "priority", "root", "timeout"], (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields().Order());
    }

    [Fact]
    public async Task A_request_that_no_record_could_hold_is_refused()
    {
        using var answer = await PostAsync($$$"""{"app":"a","env":{"A":"{{{new string('é', 15_000)}}}"}}""");

        Assert.Contains("env", (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }

    [Fact]
    public async Task An_environment_of_too_many_variables_is_refused_and_the_refusal_says_how_many_may_be()
    {
        var variables = string.Join(',', Enumerable.Range(0, 201).Select(number => $"\"V{number}\":\"\""));

        using var answer = await PostAsync("{\"app\":\"a\",\"env\":{" + variables + "}}");

        Assert.Contains("'env' has 201 variables; 200 are the most.", (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).Detail);
    }

    [Fact]
    public async Task A_body_past_64_KiB_is_refused_unread()
    {
        using var answer = await PostAsync($$"""{"app":"{{new string('a', 70_000)}}"}""");

        await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCode.Validation);
    }

    [Fact]
    public async Task What_is_not_JSON_is_refused()
    {
        using var answer = await PostAsync("app=a", "application/x-www-form-urlencoded");

        Assert.Contains("Content-Type", (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }

    [Fact]
    public async Task A_provider_that_is_not_set_up_is_named_with_a_hint()
    {
        using var answer = await Http.TryTriggerAsync(new BuildRequest { App = "a", Provider = "modal" });

        var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, ErrorCode.BuildNotConfigured);
        Assert.Equal("modal", problem.Fields!["provider"].GetString());
        Assert.Contains("modal", problem.Fields["hint"].GetString());
    }

    [Fact]
    public async Task Twenty_triggers_under_one_key_are_one_build()
    {
        var request = new BuildRequest { App = Api.NewApp(), Command = Api.MakePage };

        var builds = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Http.TriggerAsync(request, key: request.App)));

        Assert.Single(builds.Select(build => build.Id).Distinct());
        var page = await Http.GetStringAsync($"/api/builds?app={request.App}");
        Assert.Equal(1, page.Split("\"createdAt\"").Length - 1);
    }

    [Fact]
    public async Task A_key_that_stands_for_another_request_is_a_conflict()
    {
        var first = new BuildRequest { App = Api.NewApp() };
        await Http.TriggerAsync(first, key: first.App);

        using var answer = await Http.TryTriggerAsync(first with { Command = "true" }, key: first.App);

        var problem = await answer.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict);
        Assert.Equal("idempotency-key-used", problem.Fields!["state"].GetString());
    }

    [Fact]
    public async Task A_key_is_its_apps_and_its_tokens_own()
    {
        var key = "3f786850e387550fdab836ed7e6dc881de23001b";
        var (shop, blog) = (new BuildRequest { App = Api.NewApp() }, new BuildRequest { App = Api.NewApp() });
        using var other = await shared.Host.ClientAsync(Right.Deploy);

        var builds = new[]
        {
            await Http.TriggerAsync(shop, key), await Http.TriggerAsync(blog, key), await other.TriggerAsync(shop, key),
            await Http.TriggerAsync(shop, key), await Http.TriggerAsync(blog, key), await other.TriggerAsync(shop, key),
        };

        Assert.Equal(builds[..3].Select(build => build.Id), builds[3..].Select(build => build.Id));
        Assert.Equal(3, builds.DistinctBy(build => build.Id).Count());
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string type = "application/json") =>
        await Http.PostAsync("/api/builds", new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type)));
}
