using System.Net;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Builds;

/// <summary>Brokers with limits of their own.</summary>
public sealed class QueueTests
{
    [Fact]
    public async Task A_hundred_builds_at_once_never_run_more_than_three_at_a_time_and_all_end()
    {
        await using var broker = await BrokerHost.StartAsync();
        var marks = Path.Combine(broker.Folder, "marks");
        var command = $"echo + >> {marks}; mkdir out; echo x > out/index.html; echo - >> {marks}";

        var builds = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => broker.Http.StartAsync(command)));
        var ended = await Task.WhenAll(builds.Select(build => broker.Http.EndOfAsync(build)));

        Assert.All(ended, build => Assert.Equal(BuildStatus.Success, build.Status));
        var (running, most) = (0, 0);
        foreach (var line in await File.ReadAllLinesAsync(marks))
        {
            running += line == "+" ? 1 : -1;
            most = Math.Max(most, running);
        }

        Assert.Equal(0, running);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task The_queue_goes_by_priority_shows_its_places_and_refuses_past_its_end()
    {
        await using var broker = await BrokerHost.StartAsync(settings =>
        {
            settings["Queue__MaxConcurrent"] = "1";
            settings["Queue__MaxWaiting"] = "3";
        });
        var (gate, order) = (Path.Combine(broker.Folder, "gate"), Path.Combine(broker.Folder, "order"));
        var first = await broker.Http.StartAsync($"while [ ! -e {gate} ]; do sleep 0.05; done; mkdir out; echo x > out/index.html");
        await broker.Http.UntilPhaseAsync(first, BuildPhase.Building);

        List<Build> waiting = [];
        foreach (var (name, priority) in new[] { ("low", -1), ("middle", 0), ("high", 5) })
        {
            var build = await broker.Http.StartAsync($"echo {name} >> {order}; mkdir out; echo x > out/index.html", request => request with { Priority = priority });
            await broker.Http.UntilPhaseAsync(build, BuildPhase.Queued);
            waiting.Add(build);
        }

        var high = (await broker.Http.ReadAsync(waiting[2])).Queue!;
        Assert.Equal(1, high.Position);
        Assert.Contains("slots", high.Why);
        using var refused = await broker.Http.TryTriggerAsync(new BuildRequest { App = "a" });
        Assert.True((await refused.ProblemAsync(HttpStatusCode.TooManyRequests, ErrorCode.QueueFull)).Fields!["retryAfter"].GetInt32() > 0);
        Assert.NotNull(refused.Headers.RetryAfter);

        (await broker.Http.PostAsync($"/api/builds/{waiting[1].Id}/cancel", null)).Dispose();
        Assert.Equal(BuildStatus.Cancelled, (await broker.Http.EndOfAsync(waiting[1])).Status);
        await File.WriteAllTextAsync(gate, "");
        await Task.WhenAll(waiting.Append(first).Select(build => broker.Http.EndOfAsync(build)));
        Assert.Equal(["high", "low"], await File.ReadAllLinesAsync(order));
    }

    [Fact]
    public async Task A_source_that_never_comes_ends_the_build()
    {
        await using var broker = await BrokerHost.StartAsync(settings => settings["Builds__SourceTimeout"] = "00:00:01");
        var build = await broker.Http.TriggerAsync();

        var ended = await broker.Http.EndOfAsync(build);

        Assert.Equal((BuildStatus.Failed, ErrorCode.BuildTimeout), (ended.Status, ended.Error!.Code));
        Assert.Equal("awaiting-source", ended.Error.Fields!["phase"].GetString());
    }

    [Fact]
    public async Task A_host_that_stops_lets_go_of_who_waits()
    {
        await using var broker = await BrokerHost.StartAsync();
        var build = await broker.Http.TriggerAsync();
        var waiting = broker.Http.ReadAsync(build, wait: 60);
        await using var events = broker.Http.EventsAsync(build).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());

        await broker.Host.StopAsync();

        Assert.False((await waiting).Status.IsFinal());
        Assert.False(await events.MoveNextAsync());
    }
}
