using System.Net;
using System.Net.Http.Json;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Secrets;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Apps;

[Collection(SharedBrokerCollection.Name)]
public sealed class RemovalTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task An_app_goes_with_all_that_it_serves_and_what_is_kept_for_its_builds()
    {
        var build = await PageAsync("one");
        var app = $"{build.App}";
        (await Http.PutAsJsonAsync($"/api/apps/{app}/env/COLOR", new AppVariableUpdate("red"), ContractsJson.Default.AppVariableUpdate)).EnsureSuccessStatusCode();
        await shared.Host.Get<SecretStore>().SetAsync(SecretScope.Of(build.App), "KEY", "the value", default);
        Assert.Equal("one", await shared.Host.Stranger.GetStringAsync($"/sites/{app}/"));

        using var removed = await Http.DeleteAsync($"/api/apps/{app}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(shared.Host.Stranger, $"/sites/{app}/"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Http, $"/api/apps/{app}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Http, $"/api/apps/{app}/deployments"));
        Assert.Empty(await shared.Host.Get<AppVariables>().ListAsync(build.App, default));
        Assert.Empty(await shared.Host.Get<SecretStore>().ListAsync(SecretScope.Of(build.App), default));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Http, $"/api/builds/{build.Id}"));
        using var again = await Http.DeleteAsync($"/api/apps/{app}");
        await again.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);

        // The name is free again.
        var next = await PageAsync("two", app);
        Assert.Equal((BuildStatus.Success, "two"), (next.Status, await shared.Host.Stranger.GetStringAsync($"/sites/{app}/")));
    }

    [Fact]
    public async Task An_app_whose_builds_are_under_way_stays()
    {
        var build = await Http.TriggerAsync();
        using var refused = await Http.DeleteAsync($"/api/apps/{build.App}");
        var problem = await refused.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict);
        Assert.Contains($"{build.Id}", problem.Detail);
        (await Http.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();
    }

    [Fact]
    public async Task A_deployment_goes_unless_it_is_live_or_kept()
    {
        var first = await PageAsync("one");
        var app = $"{first.App}";
        var second = await PageAsync("two", app);
        string Path(Build build) => $"/api/apps/{app}/deployments/{build.Deployment}";

        using var live = await Http.DeleteAsync(Path(second));
        Assert.Equal("live", (await live.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict)).Fields!["state"].GetString());
        (await Http.PutAsync($"{Path(first)}/keep", null)).EnsureSuccessStatusCode();
        using var kept = await Http.DeleteAsync(Path(first));
        Assert.Equal("kept", (await kept.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict)).Fields!["state"].GetString());
        (await Http.DeleteAsync($"{Path(first)}/keep")).EnsureSuccessStatusCode();
        using var removed = await Http.DeleteAsync(Path(first));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await Http.DeleteAsync(Path(first));
        await gone.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        Assert.Equal("two", await shared.Host.Stranger.GetStringAsync($"/sites/{app}/"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_live_pointer_that_is_lost_or_damaged_is_put_back_from_history(bool lost)
    {
        var first = await PageAsync("one");
        var app = $"{first.App}";
        var table = shared.Host.Get<BrokerStorage>().Deployments;
        await (lost
            ? table.DeleteEntityAsync(app, "live", ETag.All)
            : table.UpdateEntityAsync(new TableEntity(app, "live") { ["Sequence"] = "nonsense" }, ETag.All, TableUpdateMode.Merge));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Http, $"/api/apps/{app}"));
        var blocked = await PageAsync("two", app);
        Assert.Equal(BuildStatus.Failed, blocked.Status);
        Assert.Contains($"bf repair {app}", blocked.Error!.Detail);

        using var repaired = await Http.PostAsync($"/api/apps/{app}/repair", null);
        Assert.Equal(first.Deployment, (await repaired.Content.ReadFromJsonAsync(ContractsJson.Default.Deployment))!.Id);
        Assert.Equal(BuildStatus.Success, (await PageAsync("three", app)).Status);
    }

    [Fact]
    public async Task An_app_tells_where_what_is_live_comes_from()
    {
        var app = Api.NewApp();
        var build = await Http.TriggerAsync(also: request => request with { App = app, NoBuild = true, Output = null, Origin = "git.example/acme/shop" });
        (await Http.UploadAsync(build, TestSource.Page())).Dispose();
        await Http.EndOfAsync(build);
        Assert.Equal("git.example/acme/shop", (await Http.GetFromJsonAsync($"/api/apps/{app}", ContractsJson.Default.App))!.Origin);
    }

    private async Task<Build> PageAsync(string text, string? app = null)
    {
        var build = await Http.TriggerAsync(also: request => request with { App = app ?? request.App, NoBuild = true, Output = null });
        (await Http.UploadAsync(build, TestSource.Page(text))).Dispose();
        return await Http.EndOfAsync(build);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return answer.StatusCode;
    }
}
