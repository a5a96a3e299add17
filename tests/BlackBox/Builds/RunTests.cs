using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Builds;

public sealed class RunTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task A_build_ends_live_and_everything_about_it_can_be_read()
    {
        var build = await Http.RunAsync("echo working; mkdir -p out/deep && echo built > out/index.html && echo data > out/deep/file.txt");

        Assert.True(build.Status == BuildStatus.Success, build.Error?.Detail);
        Assert.Equal((1, "local"), (build.Attempt, build.Provider));
        Assert.Equal("succeeded", Assert.Single(build.Attempts).Outcome);
        Assert.Equal("built\n", await usual.Stranger.GetStringAsync($"/sites/{build.App}/"));
        Assert.Contains("working", await Http.GetStringAsync(build.Links!.Logs), StringComparison.Ordinal);
        Assert.Equal("data\n", await Http.GetStringAsync($"/api/builds/{build.Id}/artifact/files/deep/file.txt"));
        var artifact = await Http.GetByteArrayAsync(build.Links.Artifact);
        Assert.Equal((build.ArtifactSize, build.ArtifactSha256), (artifact.Length, Convert.ToHexStringLower(SHA256.HashData(artifact))));

        var timeline = await Http.GetFromJsonAsync(build.Links.Timeline, ContractsJson.Default.TimelineEntryArray);
        string[] steps = ["created", "preparing", "planned", "cache", "dispatching", "building", "fetching", "validating", "artifact", "attempt-ended", "deploying", "live", "success"];
        Assert.Equal(steps, timeline!.Select(entry => entry.Event).Where(steps.Contains));
    }

    [Fact]
    public async Task Settings_of_the_source_are_used()
    {
        var app = Api.NewApp();
        var build = await Http.TriggerAsync(new BuildRequest { App = app });
        (await Http.UploadAsync(build, TestSource.TarGz(
            ("app.json", """{"build":{"command":"sh make.sh","output":"dist","env":{"WORD":"from the source"}}}"""),
            ("make.sh", "mkdir dist && echo \"$WORD\" > dist/index.html\n")))).Dispose();

        Assert.Equal(BuildStatus.Success, (await Http.EndOfAsync(build)).Status);
        Assert.Equal("from the source\n", await usual.Stranger.GetStringAsync($"/sites/{app}/"));
    }

    [Fact]
    public async Task A_repository_is_cloned_and_its_commit_noted()
    {
        var repository = await Repository.CreateAsync(usual.Broker.NewPath("repository"), ("index.html", "cloned"));
        var build = await Http.TriggerAsync(new BuildRequest { App = Api.NewApp(), Repo = repository.Url, Source = SourceKind.Git, Ref = "main", NoBuild = true });

        var ended = await Http.EndOfAsync(build);

        Assert.True(ended.Status == BuildStatus.Success, ended.Error?.Detail);
        Assert.Equal(("main", repository.Commit), (ended.Ref, ended.Commit));
        Assert.Equal("cloned", await usual.Stranger.GetStringAsync($"/sites/{build.App}/"));
    }

    [Fact]
    public async Task What_is_not_deployed_has_an_artifact_all_the_same()
    {
        var build = await Http.RunAsync(also: request => request with { Deploy = DeployTarget.None });

        Assert.Equal((BuildStatus.Success, null), (build.Status, build.Deployment));
        Assert.Equal("built\n", await Http.GetStringAsync($"/api/builds/{build.Id}/artifact/files/index.html"));
    }

    [Fact]
    public async Task A_command_that_fails_fails_the_build_once_and_says_where()
    {
        var build = await Http.RunAsync("echo oh no; exit 7");

        Assert.Equal((BuildStatus.Failed, ErrorCode.BuildFailed), (build.Status, build.Error!.Code));
        Assert.Equal((7, "build"), (build.Error.Fields!["exitCode"].GetInt32(), build.Error.Fields["step"].GetString()));
        Assert.Single(build.Attempts);
        Assert.Contains("oh no", await Http.GetStringAsync(build.Error.Fields["logs"].GetString()), StringComparison.Ordinal);
        using var artifact = await Http.GetAsync($"/api/builds/{build.Id}/artifact");
        await artifact.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        using var site = await usual.Stranger.GetAsync($"/sites/{build.App}/");
        Assert.Equal(HttpStatusCode.NotFound, site.StatusCode);
    }

    [Fact]
    public async Task A_run_past_its_timeout_is_stopped_with_all_its_processes()
    {
        var mark = usual.Broker.NewPath("pid");

        var build = await Http.RunAsync($"echo $$ > '{mark}'; sleep 600", request => request with { Timeout = 1 });

        Assert.Equal((BuildStatus.Failed, ErrorCode.BuildTimeout), (build.Status, build.Error!.Code));
        Assert.Equal((1, "building"), (build.Error.Fields!["timeout"].GetInt32(), build.Error.Fields["phase"].GetString()));
        Assert.False(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(mark)).Trim()}"));
    }

    [Fact]
    public async Task A_retry_builds_the_same_source_once_more_and_only_once_for_its_key()
    {
        var first = await Http.RunAsync("exit 1");
        var retries = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/builds/{first.Id}/retry") { Headers = { { "Idempotency-Key", $"{first.Id}" } } };
            using var answer = await Http.SendAsync(request);
            return await answer.BuildAsync(HttpStatusCode.Accepted);
        }));

        var second = Assert.Single(retries.DistinctBy(build => build.Id));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(BuildStatus.Failed, (await Http.EndOfAsync(second)).Status);
        Assert.Contains($"{first.Id}", await Http.GetStringAsync($"/api/builds/{second.Id}/timeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_not_ended_or_never_had_a_source_is_not_retried()
    {
        var waiting = await Http.TriggerAsync();
        using var early = await Http.PostAsync($"/api/builds/{waiting.Id}/retry", null);
        Assert.Equal("pending", (await early.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict)).Fields!["state"].GetString());

        (await Http.PostAsync($"/api/builds/{waiting.Id}/cancel", null)).Dispose();
        await Http.EndOfAsync(waiting);
        using var late = await Http.PostAsync($"/api/builds/{waiting.Id}/retry", null);
        Assert.Equal("cancelled", (await late.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict)).Fields!["state"].GetString());
    }
}
