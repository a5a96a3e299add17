using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Access;

[Collection(SharedBrokerCollection.Name)]
public sealed class RightsTests(SharedBroker shared)
{
    private BrokerHost Host => shared.Host;

    private IEnumerable<Endpoint> Closed => Host.Get<EndpointCatalog>().Endpoints.Where(endpoint => !endpoint.Description.Public);

    [Fact]
    public async Task Every_function_that_is_not_public_refuses_a_token_with_a_lesser_right()
    {
        var above = Closed.Where(endpoint => endpoint.Description.Needs > Right.Read).ToList();
        Assert.NotEmpty(above);
        foreach (var needs in above.GroupBy(endpoint => endpoint.Description.Needs))
        {
            using var client = await Host.ClientAsync(needs.Key - 1);
            foreach (var endpoint in needs)
            {
                var problem = await ForbiddenAsync(client, endpoint);
                Assert.Equal($"{needs.Key}".ToLowerInvariant(), problem.Fields!["needs"].GetString());
            }
        }
    }

    [Fact]
    public async Task Every_function_that_is_not_public_keeps_to_the_apps_of_a_token()
    {
        using var client = await Host.ClientAsync(Right.Admin, Api.NewApp());
        foreach (var endpoint in Closed.Where(endpoint => !endpoint.Description.Scoped && !IsOfOneBuild(endpoint)))
        {
            await ForbiddenAsync(client, endpoint);
        }

        foreach (var endpoint in Closed.Where(IsOfOneBuild))
        {
            using var answer = await SendAsync(client, endpoint);
            await answer.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        }
    }

    private static bool IsOfOneBuild(Endpoint endpoint) =>
        endpoint.Route.StartsWith("/api/builds/", StringComparison.Ordinal) || endpoint.Route.StartsWith("/api/v1/infrastructure/build-jobs/", StringComparison.Ordinal);

    [Fact]
    public async Task A_refusal_names_the_right_and_the_app()
    {
        using var client = await Host.ClientAsync(Right.Read, "blog");

        using var answer = await client.PostAsync("/api/apps/shop/rollback", null);

        var problem = await answer.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        Assert.StartsWith("This needs 'deploy' on 'shop'.", problem.Detail);
        Assert.Equal(("deploy", "shop"), (problem.Fields!["needs"].GetString(), problem.Fields["app"].GetString()));
    }

    [Fact]
    public async Task Whoever_may_not_deploy_cannot_feed_or_repeat_a_build_that_will_be()
    {
        var build = await Host.Http.TriggerAsync(also: request => request with { NoBuild = true, Output = null });
        using var client = await Host.ClientAsync(Right.Trigger, $"{build.App}");

        using var fed = await client.UploadAsync(build, TestSource.Page("theirs"));
        await fed.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        (await Host.Http.UploadAsync(build, TestSource.Page("ours"))).Dispose();
        await Host.Http.EndOfAsync(build);
        using var repeated = await client.PostAsync($"/api/builds/{build.Id}/retry", null);
        await repeated.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        Assert.Equal("ours", await Host.Stranger.GetStringAsync($"/sites/{build.App}/"));
    }

    [Theory]
    [InlineData(DeployTarget.Production, false)]
    [InlineData(null, false)]
    [InlineData(DeployTarget.Preview, true)]
    public async Task Whoever_may_not_deploy_cannot_cancel_a_build_that_will_be(DeployTarget? target, bool allowed)
    {
        var build = await Host.Http.TriggerAsync(also: request => request with { Deploy = target });
        using var client = await Host.ClientAsync(Right.Trigger, $"{build.App}");

        using var answer = await client.PostAsync($"/api/builds/{build.Id}/cancel", null);

        if (allowed)
        {
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.Equal(BuildStatus.Cancelled, (await Host.Http.EndOfAsync(build)).Status);
        }
        else
        {
            Assert.Equal("deploy", (await answer.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden)).Fields!["needs"].GetString());
            Assert.Equal(BuildPhase.AwaitingSource, (await Host.Http.ReadAsync(build)).Phase);
        }
    }

    [Fact]
    public async Task A_token_for_one_app_sees_nothing_of_another()
    {
        var (mine, other) = (await Host.Http.TriggerAsync(), await Host.Http.TriggerAsync());
        using var client = await Host.ClientAsync(Right.Deploy, $"{mine.App}", Api.NewApp());

        Assert.Equal([mine.Id], (await client.GetFromJsonAsync("/api/builds", ContractsJson.Default.BuildPage))!.Items.Select(build => build.Id));
        Assert.Equal([mine.App], (await client.GetFromJsonAsync("/api/apps", ContractsJson.Default.AppArray))!.Select(app => app.Name));
        using var listed = await client.GetAsync($"/api/builds?app={other.App}");
        await listed.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);

        Assert.Equal(mine.Id, (await client.ReadAsync(mine)).Id);
        foreach (var id in new[] { $"{other.Id}", "bld_00000000000000000000000000" })
        {
            using var hidden = await client.GetAsync($"/api/builds/{id}");
            var problem = await hidden.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
            Assert.Equal($"There is no build '{id}'. 'bf list' shows what there is.", problem.Detail);
            using var kept = await client.PostAsync($"/api/builds/{id}/cancel", null);
            await kept.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        }

        // Of an app that exists and one that does not a stranger to both hears the same.
        using var real = await client.GetAsync($"/api/apps/{other.App}");
        await real.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        using var made = await client.GetAsync("/api/apps/never-made");
        await made.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
    }

    private static async Task<Problem> ForbiddenAsync(HttpClient client, Endpoint endpoint)
    {
        using var answer = await SendAsync(client, endpoint);
        Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{endpoint.Function} answers {(int)answer.StatusCode}");
        return await answer.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Endpoint endpoint)
    {
        var path = endpoint.Route.Replace("{id}", "bld_00000000000000000000000000").Replace("{*path}", "x").Replace("{", "").Replace("}", "");
        using var request = new HttpRequestMessage(new HttpMethod(endpoint.Methods[0].ToUpperInvariant()), path);
        return await client.SendAsync(request);
    }
}
