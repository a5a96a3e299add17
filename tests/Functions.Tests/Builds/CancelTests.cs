using System.Net;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Builds;

[Collection(SharedBrokerCollection.Name)]
public sealed class CancelTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task A_build_that_waits_for_its_source_is_cancelled()
    {
        var build = await Http.TriggerAsync();

        Assert.Equal(HttpStatusCode.Accepted, await CancelAsync(build));

        Assert.Equal(BuildStatus.Cancelled, (await Http.EndOfAsync(build)).Status);
    }

    [Fact]
    public async Task A_build_that_runs_is_cancelled_and_its_processes_end()
    {
        var mark = Path.Combine(shared.Host.Folder, Api.NewApp());
        var build = await Http.StartAsync($"echo $$ > {mark}; {Api.SayReady}; sleep 600");
        await Http.UntilLoggedAsync(build, "ready");

        Assert.Equal(HttpStatusCode.Accepted, await CancelAsync(build));

        var ended = await Http.EndOfAsync(build);
        Assert.Equal(BuildStatus.Cancelled, ended.Status);
        Assert.NotNull(Assert.Single(ended.Attempts).FinishedAt);
        Assert.False(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(mark)).Trim()}"));
        using var site = await shared.Host.Stranger.GetAsync($"/sites/{build.App}/");
        Assert.Equal(HttpStatusCode.NotFound, site.StatusCode);
    }

    [Fact]
    public async Task Ten_cancels_at_once_are_one()
    {
        var build = await Http.StartAsync($"{Api.SayReady}; sleep 600");
        await Http.UntilLoggedAsync(build, "ready");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CancelAsync(build)));

        Assert.Contains(HttpStatusCode.Accepted, answers);
        Assert.All(answers, answer => Assert.True(answer is HttpStatusCode.Accepted or HttpStatusCode.Conflict));
        Assert.Equal(BuildStatus.Cancelled, (await Http.EndOfAsync(build)).Status);
    }

    [Fact]
    public async Task What_has_ended_stays_as_it_is()
    {
        var build = await Http.RunAsync(also: request => request with { NoBuild = true, Output = null });

        using var answer = await Http.PostAsync($"/api/builds/{build.Id}/cancel", null);

        Assert.Equal("success", (await answer.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict)).Fields!["state"].GetString());
        Assert.Equal(BuildStatus.Success, (await Http.ReadAsync(build)).Status);
    }

    [Fact]
    public async Task Whenever_a_cancel_comes_what_is_told_and_what_is_live_agree()
    {
        HashSet<BuildStatus> ends = [];
        for (var events = 1; events <= 16; events++)
        {
            var build = await Http.StartAsync();
            var seen = 0;
            await Http.UntilAsync(build, item => ++seen == events || item.EventType == BuildStreamEvent.End);

            var answer = await CancelAsync(build);

            var ended = await Http.EndOfAsync(build);
            Assert.True(ended.Status == BuildStatus.Cancelled || ended.Status == BuildStatus.Success, ended.Error?.Detail);
            Assert.True(answer == HttpStatusCode.Accepted || ended.Status == BuildStatus.Success);
            using var site = await shared.Host.Stranger.GetAsync($"/sites/{build.App}/");
            Assert.Equal(ended.Status == BuildStatus.Success, site.StatusCode == HttpStatusCode.OK);
            ends.Add(ended.Status);
        }

        Assert.Equal(2, ends.Count);
    }

    private async Task<HttpStatusCode> CancelAsync(Build build)
    {
        using var answer = await Http.PostAsync($"/api/builds/{build.Id}/cancel", null);
        return answer.StatusCode;
    }
}
