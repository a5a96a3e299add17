using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Builds;

[Collection(SharedBrokerCollection.Name)]
public sealed class RunTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task A_build_ends_live_and_everything_about_it_can_be_read()
    {
        var build = await Http.RunAsync("echo working; mkdir -p out/deep && echo built > out/index.html && echo data > out/deep/file.txt");

        Assert.True(build.Status == BuildStatus.Success, build.Error?.Detail);
        Assert.Equal((1, "local"), (build.Attempt, build.Provider));
        Assert.Equal("succeeded", Assert.Single(build.Attempts).Outcome);
        Assert.NotNull(build.Deployment);
        Assert.Equal("built\n", await shared.Host.Stranger.GetStringAsync($"/sites/{build.App}/"));
        Assert.Contains("working", await Http.GetStringAsync($"/api/builds/{build.Id}/logs"));
        Assert.Equal("data\n", await Http.GetStringAsync($"/api/builds/{build.Id}/artifact/files/deep/file.txt"));

        var artifact = await Http.GetByteArrayAsync($"/api/builds/{build.Id}/artifact");
        Assert.Equal(build.ArtifactSize, artifact.Length);
        Assert.Equal(build.ArtifactSha256, Convert.ToHexStringLower(SHA256.HashData(artifact)));

        var timeline = JsonSerializer.Deserialize(await Http.GetStringAsync($"/api/builds/{build.Id}/timeline"), ContractsJson.Default.TimelineEntryArray)!;
        string[] steps = ["created", "preparing", "planned", "cache", "dispatching", "building", "fetching", "validating", "artifact", "attempt-ended", "deploying", "live", "success"];
        Assert.Equal(steps, timeline.Select(entry => entry.Event).Where(steps.Contains));
    }

    [Fact]
    public async Task The_same_inputs_again_reuse_the_artifact_and_a_rebuild_does_not()
    {
        var first = await Http.RunAsync();
        var again = await Http.RunAsync(also: request => request with { App = first.App.ToString() });
        var rebuilt = await Http.RunAsync(also: request => request with { App = first.App.ToString(), Rebuild = true });

        Assert.Equal((true, first.Id), (again.Cache!.Hit, again.Cache.ReusedFrom!.Value));
        Assert.Empty(again.Attempts);
        Assert.Equal(first.ArtifactSha256, again.ArtifactSha256);
        Assert.False(rebuilt.Cache!.Hit);
        Assert.Contains("\"hit\":true", await Http.GetStringAsync($"/api/builds/{again.Id}/cache"));
    }

    [Fact]
    public async Task What_is_not_deployed_has_an_artifact_all_the_same()
    {
        var build = await Http.RunAsync(also: request => request with { Deploy = DeployTarget.None });

        Assert.Equal((BuildStatus.Success, null), (build.Status, build.Deployment));
        Assert.NotNull(build.ArtifactSha256);
        Assert.NotEmpty(await Http.GetByteArrayAsync($"/api/builds/{build.Id}/artifact"));
        Assert.Equal("built\n", await Http.GetStringAsync($"/api/builds/{build.Id}/artifact/files/index.html"));
    }

    [Fact]
    public async Task A_preview_leaves_what_is_live_alone()
    {
        var live = await Http.RunAsync();
        var preview = await Http.RunAsync("mkdir out && echo preview > out/index.html", request => request with { App = live.App.ToString(), Deploy = DeployTarget.Preview });

        Assert.Equal("built\n", await shared.Host.Stranger.GetStringAsync($"/sites/{live.App}/"));
        Assert.Equal("preview\n", await shared.Host.Stranger.GetStringAsync($"/sites/{live.App}@{preview.Deployment}/"));
        Assert.Contains($"{preview.Deployment}", await Http.GetStringAsync($"/api/apps/{live.App}/previews"));
    }

    [Fact]
    public async Task A_command_that_fails_fails_the_build_and_says_where()
    {
        var build = await Http.RunAsync("echo oh no; exit 7");

        Assert.Equal((BuildStatus.Failed, ErrorCode.BuildFailed), (build.Status, build.Error!.Code));
        Assert.Equal(7, build.Error.Fields!["exitCode"].GetInt32());
        Assert.Equal("build", build.Error.Fields["step"].GetString());
        Assert.Single(build.Attempts);
        Assert.Contains("oh no", await Http.GetStringAsync(build.Error.Fields["logs"].GetString()));
        using var artifact = await Http.GetAsync($"/api/builds/{build.Id}/artifact");
        await artifact.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_run_past_its_timeout_is_stopped()
    {
        var build = await Http.RunAsync("sleep 600", request => request with { Timeout = 1 });

        Assert.Equal((BuildStatus.Failed, ErrorCode.BuildTimeout), (build.Status, build.Error!.Code));
        Assert.Equal(1, build.Error.Fields!["timeout"].GetInt32());
        Assert.Equal("building", build.Error.Fields["phase"].GetString());
    }
}
