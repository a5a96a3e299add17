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
