using BuildFunctions.Contracts.Builds;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Builds;

/// <summary>Brokers with limits of their own.</summary>
public sealed class QueueTests
{
    [Fact]
    public async Task Forty_builds_at_once_never_run_more_than_three_at_a_time_go_in_order_and_all_end()
    {
        await using var broker = await BrokerHost.StartAsync();
        var (gate, marks) = (Path.Combine(broker.Folder, "gate"), Path.Combine(broker.Folder, "marks"));
        var command = $"echo + >> {marks}; while [ ! -e {gate} ]; do sleep 0.05; done; mkdir out; echo x > out/index.html; echo - >> {marks}";

        var builds = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => broker.Http.StartAsync(command, request => request with { Priority = number % 2 })));
        await broker.UntilWaitingAsync(37);
        var waiting = (await Task.WhenAll(builds.Select(build => broker.Http.ReadAsync(build)))).Where(build => build.Queue is not null).ToList();
        await File.WriteAllTextAsync(gate, "");
        var ended = (await Task.WhenAll(builds.Select(build => broker.Http.EndOfAsync(build)))).ToDictionary(build => build.Id);

        Assert.All(ended.Values, build => Assert.Equal(BuildStatus.Success, build.Status));
        var (running, most) = (0, 0);
        foreach (var line in await File.ReadAllLinesAsync(marks))
        {
            running += line == "+" ? 1 : -1;
            most = Math.Max(most, running);
        }

        Assert.Equal(0, running);
        Assert.Equal(3, most);

        // The places were 1 to 37, and in their order they were started; those that had a slot at the same time may have been faster or slower to use it.
        Assert.Equal(Enumerable.Range(1, 37), waiting.Select(build => build.Queue!.Position).Order());
        var started = waiting.OrderBy(build => ended[build.Id].StartedAt).Select(build => build.Queue!.Position).ToList();
        Assert.All(started.Index(), one => Assert.InRange(one.Item, one.Index + 1 - 6, one.Index + 1 + 6));
    }

    [Fact]
    public async Task A_newer_build_ends_the_older_ones_that_it_is_to_supersede()
    {
        await using var broker = await BrokerHost.StartAsync(settings =>
        {
            settings["Queue__MaxConcurrent"] = "1";
            settings["Queue__Supersede"] = "queued";
        });
        var gate = Path.Combine(broker.Folder, "gate");
        var command = $"while [ ! -e {gate} ]; do sleep 0.05; done; mkdir out; echo x > out/index.html";
        var running = await Start();
        await broker.Http.UntilPhaseAsync(running, BuildPhase.Building);
        var (older, preview, otherRef) = (await Start(), await Start(request => request with { Deploy = DeployTarget.Preview }), await Start(request => request with { Ref = "next" }));
        await Task.WhenAll(new[] { older, preview, otherRef }.Select(build => broker.Http.UntilPhaseAsync(build, BuildPhase.Queued)));

        var newer = await Start();
        var superseded = await broker.Http.EndOfAsync(older);
        var newest = await Start(request => request with { Supersede = Supersede.Running });
        var all = await Task.WhenAll(broker.Http.EndOfAsync(running), broker.Http.EndOfAsync(newer));
        await File.WriteAllTextAsync(gate, "");
        var left = await Task.WhenAll(new[] { newest, preview, otherRef }.Select(build => broker.Http.EndOfAsync(build)));

        Assert.Equal((BuildStatus.Cancelled, $"superseded by {newer.Id}"), (superseded.Status, superseded.Reason));
        Assert.All(all, build => Assert.Equal((BuildStatus.Cancelled, $"superseded by {newest.Id}"), (build.Status, build.Reason)));
        Assert.All(left, build => Assert.Equal(BuildStatus.Success, build.Status));
        var audit = await broker.Http.GetStringAsync("/api/audit?actor=broker&action=SupersedeBuild");
        Assert.All(all.Append(superseded), build => Assert.Contains($"\"target\":\"{build.Id}\"", audit));

        Task<Build> Start(Func<BuildRequest, BuildRequest>? also = null) =>
            broker.Http.StartAsync(command, request => (also?.Invoke(request) ?? request) with { App = "shop" });
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
