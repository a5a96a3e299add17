using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Builds;

/// <summary>An output folder that nobody named: the run finds it, and the broker remembers.</summary>
[Collection(SharedBrokerCollection.Name)]
public sealed class GuessedOutputTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task A_folder_that_the_run_found_is_served_noted_and_where_the_next_build_looks_first()
    {
        var first = await RunAsync("mkdir -p web/site && echo one > web/site/index.html");
        Assert.True(first.Status == BuildStatus.Success, first.Error?.Detail);
        Assert.Equal("web/site", first.Output);
        Assert.Equal("one\n", await shared.Host.Stranger.GetStringAsync($"/sites/{first.App}/"));
        Assert.Contains("The build made web/site, which holds an index.html", await Http.GetStringAsync($"/api/builds/{first.Id}/logs"));
        Assert.Contains("web/site", Assert.Single(await TimelineAsync(first), entry => entry.Event == "output-found").Detail);

        // Two folders alike: only what is remembered tells which is the site.
        var next = await RunAsync("mkdir -p web/site web/docs && echo two > web/site/index.html && echo x > web/docs/index.html",
            first.App.ToString());
        Assert.True(next.Status == BuildStatus.Success, next.Error?.Detail);
        Assert.Equal("web/site", next.Output);
        Assert.Equal("two\n", await shared.Host.Stranger.GetStringAsync($"/sites/{first.App}/"));
    }

    [Fact]
    public async Task What_a_preview_found_decides_nothing_for_the_app()
    {
        var app = (await RunAsync("mkdir a && echo one > a/index.html")).App.ToString();
        await RunAsync("mkdir b && echo two > b/index.html", app, DeployTarget.Preview);
        var next = await RunAsync("mkdir a b && echo three > a/index.html && echo x > b/index.html", app);

        Assert.Equal((BuildStatus.Success, "a"), (next.Status, next.Output));
    }

    private async Task<Build> RunAsync(string command, string? app = null, DeployTarget? deploy = null)
    {
        var build = await Http.TriggerAsync(command, request => request with { Output = null, App = app ?? request.App, Deploy = deploy });
        using (var upload = await Http.UploadAsync(build, TestSource.TarGz(("readme.txt", "no page"))))
        {
            await upload.BuildAsync();
        }

        return await Http.EndOfAsync(build);
    }

    private async Task<TimelineEntry[]> TimelineAsync(Build build) =>
        JsonSerializer.Deserialize(await Http.GetStringAsync($"/api/builds/{build.Id}/timeline"),
            ContractsJson.Default.TimelineEntryArray)!;
}
