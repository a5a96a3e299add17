using System.Net;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Limits;

[Trait("Broker", "own")]
public sealed class QueueTests(LimitedBroker limited) : IClassFixture<LimitedBroker>
{
    private HttpClient Http => limited.Broker.Http;

    [Fact]
    public async Task The_queue_goes_by_priority_shows_its_places_and_refuses_past_its_end()
    {
        var order = limited.Broker.NewPath("order");
        using var gate = new Gate(limited.Broker);
        var first = await Http.StartAsync($"{Api.SayReady}; {gate.Wait}; {Api.MakePage}");
        await Http.UntilLoggedAsync(first, "ready");

        List<Build> waiting = [];
        foreach (var (name, priority) in new[] { ("low", -1), ("middle", 0), ("high", 5) })
        {
            var build = await Http.StartAsync($"echo {name} >> '{order}'; {Api.MakePage}", request => request with { Priority = priority });
            await Http.UntilPhaseAsync(build, BuildPhase.Queued);
            waiting.Add(build);
        }

        var high = (await Http.ReadAsync(waiting[2])).Queue!;
        Assert.Equal((1, "the one slot of this broker is taken"), (high.Position, high.Why));
        Assert.Equal(3, (await Http.ReadAsync(waiting[0])).Queue!.Position);
        using var refused = await Http.TryTriggerAsync(new BuildRequest { App = "a" });
        Assert.True((await refused.ProblemAsync(HttpStatusCode.TooManyRequests, ErrorCode.QueueFull)).Fields!["retryAfter"].GetInt32() > 0);
        Assert.NotNull(refused.Headers.RetryAfter);

        (await Http.PostAsync($"/api/builds/{waiting[1].Id}/cancel", null)).Dispose();
        Assert.Equal(BuildStatus.Cancelled, (await Http.EndOfAsync(waiting[1])).Status);
        gate.Open();
        await Task.WhenAll(waiting.Append(first).Select(build => Http.EndOfAsync(build)));
        Assert.Equal(["high", "low"], await File.ReadAllLinesAsync(order));
    }

    [Fact]
    public async Task A_newer_build_of_the_app_ends_the_one_that_waits()
    {
        var app = Api.NewApp();
        using var gate = new Gate(limited.Broker);
        var first = await Http.StartAsync($"{Api.SayReady}; {gate.Wait}; {Api.MakePage}");
        await Http.UntilLoggedAsync(first, "ready");
        var older = await Http.StartAsync(also: request => request with { App = app });
        await Http.UntilPhaseAsync(older, BuildPhase.Queued);

        var newer = await Http.StartAsync("mkdir out; echo newer > out/index.html", request => request with { App = app });
        var superseded = await Http.EndOfAsync(older);
        gate.Open();

        Assert.Equal((BuildStatus.Cancelled, $"superseded by {newer.Id}"), (superseded.Status, superseded.Reason));
        Assert.Equal(BuildStatus.Success, (await Http.EndOfAsync(newer)).Status);
        await Http.EndOfAsync(first);
    }

    [Fact]
    public async Task What_was_built_before_needs_no_slot()
    {
        var built = await Http.RunAsync();
        using var gate = new Gate(limited.Broker);
        var running = await Http.StartAsync($"{Api.SayReady}; {gate.Wait}; {Api.MakePage}");
        await Http.UntilLoggedAsync(running, "ready");

        var again = await Http.RunAsync(also: request => request with { App = $"{built.App}" });
        gate.Open();

        Assert.Equal((BuildStatus.Success, true), (again.Status, again.Cache!.Hit));
        Assert.Equal(BuildStatus.Success, (await Http.EndOfAsync(running)).Status);
    }

    [Fact]
    public async Task A_source_that_never_comes_ends_the_build()
    {
        var ended = await Http.EndOfAsync(await Http.TriggerAsync());

        Assert.Equal((BuildStatus.Failed, ErrorCode.BuildTimeout), (ended.Status, ended.Error?.Code));
        Assert.Equal("awaiting-source", ended.Error!.Fields!["phase"].GetString());
    }

    [Fact]
    public async Task A_time_out_past_the_most_is_refused()
    {
        using var answer = await Http.TryTriggerAsync(new BuildRequest { App = "a", Timeout = 601 });

        Assert.Contains("timeout", (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }
}
