using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Apps;

[Collection(SharedBrokerCollection.Name)]
public sealed class RollbackTests(SharedBroker shared)
{
    [Fact]
    public async Task A_rollback_that_is_sent_again_under_its_key_goes_back_once()
    {
        var app = Api.NewApp();
        List<Build> builds = [];
        foreach (var page in (string[])["one", "two", "three"])
        {
            var build = await shared.Host.Http.TriggerAsync(also: request => request with { App = app, NoBuild = true, Output = null });
            (await shared.Host.Http.UploadAsync(build, TestSource.Page(page))).Dispose();
            builds.Add(await shared.Host.Http.EndOfAsync(build));
        }

        using var first = await SendAsync("rollback", null);
        using var again = await SendAsync("rollback", null);
        using var other = await SendAsync("promote", builds[2].Deployment);

        var deployment = (await first.Content.ReadFromJsonAsync(ContractsJson.Default.Deployment))!.Id;
        Assert.Equal(builds[1].Deployment, deployment);
        Assert.Equal(deployment, (await again.Content.ReadFromJsonAsync(ContractsJson.Default.Deployment))!.Id);
        await other.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict);
        Assert.Equal("two", await shared.Host.Stranger.GetStringAsync($"/sites/{app}/"));

        async Task<HttpResponseMessage> SendAsync(string verb, DeploymentId? to)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/apps/{app}/{verb}")
            {
                Headers = { { "Idempotency-Key", $"{app}-key" } },
                Content = JsonContent.Create(new DeploymentChoice(to), ContractsJson.Default.DeploymentChoice),
            };
            return await shared.Host.Http.SendAsync(request);
        }
    }
}
