using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Testing.Broker;
using BuildFunctions.Testing.Ssh;

namespace BuildFunctions.Functions.Tests.Servers;

/// <summary>Whole builds on real SSH servers of this machine.</summary>
public sealed class SshBuildTests : IAsyncLifetime
{
    private readonly List<SshServer> _servers = [];
    private BrokerHost _broker = null!;

    private HttpClient Http => _broker.Http;

    public async Task InitializeAsync() => _broker = await BrokerHost.StartAsync(settings =>
    {
        settings["Queue__MaxConcurrent"] = "8";
        settings["Builds__ProviderRetry"] = "00:00:01";
    });

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        _servers.ForEach(server => server.Dispose());
    }

    [Fact]
    public async Task A_build_runs_on_a_server_and_what_it_made_is_served()
    {
        await AddAsync("one");

        var build = await Http.RunAsync(also: OnSsh);

        Assert.True(build.Status == BuildStatus.Success, build.Error?.Detail);
        Assert.Equal("ssh", build.Provider);
        Assert.StartsWith($"one/{build.Id}", build.Attempts[0].RunId, StringComparison.Ordinal);
        Assert.Contains("built", await Http.GetStringAsync($"/api/builds/{build.Id}/artifact/files/index.html"), StringComparison.Ordinal);
        Assert.Contains(await Http.TimelineAsync(build), entry => entry is { Event: "placed", Detail: { } why } && why.StartsWith("on one: ", StringComparison.Ordinal) && why.Contains("1 of 1 slots free", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_servers[0].Workspace, "runs")));
    }

    [Fact]
    public async Task A_build_goes_to_the_server_that_has_what_it_needs()
    {
        await AddAsync("plain");
        await AddAsync("big", request => request with { Labels = ["big"], Architectures = ["riscv64"] });

        var build = await Http.RunAsync(also: request => OnSsh(request) with { Server = new() { Labels = ["big"], Architecture = "riscv64", Toolchains = ["git>=2"] } });

        Assert.True(build.Status == BuildStatus.Success, build.Error?.Detail);
        var placed = Assert.Single(await Http.TimelineAsync(build), entry => entry.Event == "placed");
        Assert.Matches("^on big: .*; plain does not build for riscv64$", placed.Detail);
    }

    [Fact]
    public async Task A_build_that_no_server_can_ever_do_is_refused_with_the_reasons()
    {
        await AddAsync("plain");

        var build = await Http.RunAsync(also: request => OnSsh(request) with { Server = new() { Toolchains = ["gcc>=99"] } });

        Assert.Equal((BuildStatus.Failed, ErrorCode.BuildNotConfigured), (build.Status, build.Error!.Code));
        Assert.Contains("plain lacks gcc>=99", build.Error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_builds_than_slots_wait_in_turn_and_say_for_what()
    {
        await AddAsync("one");
        var gate = Path.Combine(_servers[0].Workspace, "gate");
        var first = await Http.StartAsync($"{Api.SayReady}; while [ ! -e {gate} ]; do sleep 0.1; done; {Api.MakePage}", OnSsh);
        await Until.TrueAsync("the first runs", async () => (await Http.ServerAsync("one")).Running == 1);
        var second = await Http.StartAsync(also: OnSsh);
        await Until.TrueAsync("the second waits", async () => (await Http.ReadAsync(second)).Queue is not null);

        var waiting = await Http.ReadAsync(second);
        await File.WriteAllTextAsync(gate, "");
        var ended = await Http.EndOfAsync(second);

        Assert.Equal("the one slot of the server one is taken", waiting.Queue!.Why);
        Assert.True(ended.Status == BuildStatus.Success, ended.Error?.Detail);
        Assert.Equal(BuildStatus.Success, (await Http.EndOfAsync(first)).Status);
    }

    [Fact]
    public async Task A_cancelled_build_stops_on_its_server()
    {
        await AddAsync("one");
        var build = await Http.StartAsync($"{Api.SayReady}; sleep 300", OnSsh);
        await Until.TrueAsync("it runs", async () => (await Http.GetStringAsync($"/api/builds/{build.Id}/logs")).Contains("\nready", StringComparison.Ordinal));

        using var cancel = await Http.PostAsync($"/api/builds/{build.Id}/cancel", null);
        var ended = await Http.EndOfAsync(build);

        Assert.Equal(BuildStatus.Cancelled, ended.Status);
        Assert.Empty(RunProcesses.Of(build.Id.ToString()));
    }

    [Fact]
    public async Task A_broker_that_starts_again_takes_the_build_up_on_its_server()
    {
        await AddAsync("one");
        var gate = Path.Combine(_servers[0].Workspace, "gate");
        var build = await Http.StartAsync($"{Api.SayReady}; while [ ! -e {gate} ]; do sleep 0.1; done; echo on''ce; {Api.MakePage}", OnSsh);
        await Until.TrueAsync("it runs", async () => (await Http.GetStringAsync($"/api/builds/{build.Id}/logs")).Contains("\nready", StringComparison.Ordinal));

        _broker = await _broker.RestartAsync();
        _servers[0].CutAll();
        await File.WriteAllTextAsync(gate, "");
        var ended = await Http.EndOfAsync(build);

        Assert.True(ended.Status == BuildStatus.Success, ended.Error?.Detail);
        Assert.Single(ended.Attempts);
        Assert.Equal(2, (await Http.GetStringAsync($"/api/builds/{build.Id}/logs")).Split("\nonce\n").Length);
    }

    [Fact]
    public async Task A_build_whose_server_is_away_goes_to_the_other()
    {
        await AddAsync("away", request => request with { Labels = ["here"] });
        await AddAsync("here", request => request with { Labels = ["here"] });
        _servers[0].Stop();

        // Three in a row: the one that is away is found to be so by the first that is sent there, and left alone then.
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var build = await Http.RunAsync(also: OnSsh);
            Assert.True(build.Status == BuildStatus.Success, build.Error?.Detail);
            Assert.StartsWith("here/", build.Attempts[^1].RunId, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_builds_on_several_servers_keep_to_all_slots_and_needs()
    {
        await AddAsync("a", request => request with { Labels = ["red"] });
        await AddAsync("b", request => request with { Labels = ["red", "blue"], Slots = 2 });
        var notes = Path.Combine(_servers[0].Workspace, "notes");
        string[] labels = ["red", "blue", "red", "blue", "red", "red", "blue", "red", "red", "red"];

        var builds = await Task.WhenAll(labels.Select(label => Http.StartAsync(
            $"echo \"in {label} $BUILDFUNCTIONS_ROOT\" >> {notes}; sleep 0.3; echo \"out {label} $BUILDFUNCTIONS_ROOT\" >> {notes}; {Api.MakePage}",
            request => OnSsh(request) with { Server = new() { Labels = [label] } })));
        var ended = await Task.WhenAll(builds.Select(Http.EndOfAsync));

        Assert.All(ended, build => Assert.True(build.Status == BuildStatus.Success && build.Attempts.Count == 1, build.Error?.Detail));
        Dictionary<string, int> running = [];
        foreach (var words in File.ReadAllLines(notes).Select(line => line.Split(' ')))
        {
            running[words[2]] = running.GetValueOrDefault(words[2]) + (words[0] == "in" ? 1 : -1);
            Assert.InRange(running[words[2]], 0, words[2] == _servers[1].Workspace ? 2 : 1);
            Assert.True(words[1] == "red" || words[2] == _servers[1].Workspace);
        }

        Assert.Equal(2, running.Count);
    }

    private static BuildRequest OnSsh(BuildRequest request) => request with { Provider = "ssh" };

    private async Task AddAsync(string name, Func<Contracts.Servers.ServerRequest, Contracts.Servers.ServerRequest>? with = null)
    {
        var server = await SshServer.StartAsync();
        _servers.Add(server);
        await Http.AddAsync(with?.Invoke(server.Request(name)) ?? server.Request(name));
    }
}
