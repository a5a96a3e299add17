using System.Net;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Builds;

public sealed class CancelTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

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
        var mark = usual.Broker.NewPath("pid");
        var build = await Http.StartAsync($"echo $$ > '{mark}'; {Api.SayReady}; sleep 600");
        await Http.UntilLoggedAsync(build, "ready");

        Assert.Equal(HttpStatusCode.Accepted, await CancelAsync(build));

        var ended = await Http.EndOfAsync(build);
        Assert.Equal(BuildStatus.Cancelled, ended.Status);
        Assert.NotNull(Assert.Single(ended.Attempts).FinishedAt);
        Assert.False(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(mark)).Trim()}"));
        using var site = await usual.Stranger.GetAsync($"/sites/{build.App}/");
        Assert.Equal(HttpStatusCode.NotFound, site.StatusCode);
    }

    [Fact]
    public async Task A_run_that_does_not_listen_is_ended_by_force()
    {
        var build = await Http.StartAsync($"trap '' TERM; {Api.SayReady}; while :; do sleep 600; done");
        await Http.UntilLoggedAsync(build, "ready");

        await CancelAsync(build);

        Assert.Equal(BuildStatus.Cancelled, (await Http.EndOfAsync(build)).Status);
        Assert.Empty(Testing.Broker.RunProcesses.Of($"{build.Id}"));
    }

    [Fact]
    public async Task A_clone_that_hangs_is_left_at_once_and_the_older_build_that_it_was_to_supersede_goes_on()
    {
        var older = await Http.StartAsync($"{Api.SayReady}; sleep 600");
        await Http.UntilLoggedAsync(older, "ready");
        var (repository, head) = await HangingRepositoryAsync();
        var build = await Http.TriggerAsync(new BuildRequest { App = $"{older.App}", Repo = repository, Source = SourceKind.Git, NoBuild = true, Supersede = Supersede.Running });

        // Opens when git does, which then waits for what never comes.
        await using var open = await Task.Run(() => new FileStream(head, FileMode.Open, FileAccess.Write)).WaitAsync(TimeSpan.FromSeconds(60));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.Accepted, await CancelAsync(build));

        Assert.Equal(BuildStatus.Cancelled, (await Http.EndOfAsync(build)).Status);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
        Assert.Equal(BuildStatus.Running, (await Http.ReadAsync(older)).Status);
        await CancelAsync(older);
        Assert.Equal(BuildStatus.Cancelled, (await Http.EndOfAsync(older)).Status);
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

    /// <summary>Each build is cancelled two events of its stream later than the one before.</summary>
    [Fact]
    public async Task Whenever_a_cancel_comes_what_is_told_and_what_is_live_agree()
    {
        var ends = await Task.WhenAll(Enumerable.Range(1, 8).Select(async number =>
        {
            var build = await Http.StartAsync();
            var (seen, events) = (0, number * 2);
            await Http.UntilAsync(build, item => ++seen == events || item.EventType == BuildStreamEvent.End);

            var answer = await CancelAsync(build);

            var ended = await Http.EndOfAsync(build);
            Assert.True(ended.Status == BuildStatus.Cancelled || ended.Status == BuildStatus.Success, ended.Error?.Detail);
            Assert.True(answer == HttpStatusCode.Accepted || ended.Status == BuildStatus.Success);
            using var site = await usual.Stranger.GetAsync($"/sites/{build.App}/");
            Assert.Equal(ended.Status == BuildStatus.Success, site.StatusCode == HttpStatusCode.OK);
            return ended.Status;
        }));

        Assert.Equal(2, ends.Distinct().Count());
    }

    /// <summary>One whose HEAD is a pipe.</summary>
    private async Task<(string Url, string Head)> HangingRepositoryAsync()
    {
        var folder = usual.Broker.NewPath("hanging");
        var repository = await Repository.CreateAsync(folder, ("index.html", "never seen"));
        var head = Path.Combine(folder, ".git", "HEAD");
        File.Delete(head);
        using var made = System.Diagnostics.Process.Start("mkfifo", head);
        await made.WaitForExitAsync();
        Assert.Equal(0, made.ExitCode);
        return (repository.Url, head);
    }

    private async Task<HttpStatusCode> CancelAsync(Build build)
    {
        using var answer = await Http.PostAsync($"/api/builds/{build.Id}/cancel", null);
        return answer.StatusCode;
    }
}
