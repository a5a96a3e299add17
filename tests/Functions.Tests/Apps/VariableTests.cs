using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Apps;

[Collection(SharedBrokerCollection.Name)]
public sealed class VariableTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task A_build_gets_its_apps_variables_below_those_of_its_request()
    {
        var app = Api.NewApp();
        await SetAsync(app, "COLOR", "red");
        await SetAsync(app, "SIZE", "small");
        await SetAsync(app, "GONE", "yes");
        (await Http.DeleteAsync($"/api/apps/{app}/env/GONE")).EnsureSuccessStatusCode();
        Assert.Equal(
            [new("COLOR", "red"), new AppVariable("SIZE", "small")],
            (await Http.GetFromJsonAsync($"/api/apps/{app}/env", ContractsJson.Default.AppVariableArray))!);

        var build = await Http.RunAsync(
            "mkdir -p out && echo \"$COLOR $SIZE $GONE.\" > out/index.html",
            request => request with { App = app, Env = new Dictionary<string, string> { ["SIZE"] = "large" } });

        Assert.Equal(BuildStatus.Success, build.Status);
        Assert.Equal("red large .\n", await shared.Host.Stranger.GetStringAsync($"/sites/{app}/"));
    }

    [Theory]
    [InlineData("1ST", "x", "name")]
    [InlineData("A-B", "x", "name")]
    [InlineData("A", "a\0b", "value")]
    public async Task A_variable_that_no_build_can_have_is_refused(string name, string value, string field)
    {
        using var answer = await Http.PutAsJsonAsync($"/api/apps/{Api.NewApp()}/env/{name}", new AppVariableUpdate(value), ContractsJson.Default.AppVariableUpdate);
        Assert.Contains(field, (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }

    private async Task SetAsync(string app, string name, string value) =>
        (await Http.PutAsJsonAsync($"/api/apps/{app}/env/{name}", new AppVariableUpdate(value), ContractsJson.Default.AppVariableUpdate)).EnsureSuccessStatusCode();
}
