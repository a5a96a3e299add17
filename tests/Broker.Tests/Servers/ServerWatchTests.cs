using BuildFunctions.Broker.Tests.Providers.Ssh;
using BuildFunctions.Testing.Ssh;

namespace BuildFunctions.Broker.Tests.Servers;

public sealed class ServerWatchTests : IAsyncLifetime
{
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
    private SshPool _pool = null!;
    private SshServer _server = null!;

    public async Task InitializeAsync() => (_pool, _server) = await SshPool.StartAsync();

    public Task DisposeAsync()
    {
        _pool.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_server_tells_what_it_is_and_has()
    {
        var health = (await _pool.NewWatch().Watch.LookAsync(SshPool.One, _deadline))!;

        Assert.Equal((true, null, 0), (health.Reachable, health.Reason, health.Failures));
        Assert.Equal(Environment.ProcessorCount, health.Cores);
        Assert.True(health is { Memory: > 1 << 20, MemoryFree: > 0, Disk: > 0, DiskFree: > 0, InodesFree: > 0, ClockSkew: 0 });
        Assert.Contains(health.Toolchains, tool => tool is { Name: "git", Version: ['2', '.', ..] });
        Assert.All(health.Toolchains, tool => Assert.DoesNotContain(" ", tool.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_fails_is_rested_for_longer_each_time_and_back_when_it_answers()
    {
        var (_, watch) = _pool.NewWatch();
        _server.Stop();
        var first = (await watch.LookAsync(SshPool.One, _deadline))!;
        var second = (await watch.LookAsync(SshPool.One, _deadline))!;
        Assert.False(await watch.LookAtAllAsync(_deadline));
        var rested = (await _pool.Servers.FindAsync(SshPool.One, _deadline))!.Health!;
        await _server.StartAgainAsync();
        var back = (await watch.LookAsync(SshPool.One, _deadline))!;

        Assert.Equal((false, 1), (first.Reachable, first.Failures));
        Assert.InRange((second.RestsUntil - second.At)!.Value, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(61));
        Assert.Equal(second, rested);
        Assert.Equal((true, null, 0, null), (back.Reachable, back.Reason, back.Failures, back.RestsUntil));
    }

    [Fact]
    public async Task A_look_tells_whether_a_server_has_come_back()
    {
        var (_, watch) = _pool.NewWatch();
        await _pool.Servers.NoteAsync(SshPool.One, new() { Reachable = false, RestsUntil = DateTimeOffset.UtcNow }, _deadline);

        Assert.True(await watch.LookAtAllAsync(_deadline));
        Assert.False(await watch.LookAtAllAsync(_deadline));
    }

    [Fact]
    public async Task A_changed_host_key_and_a_rejected_key_are_told()
    {
        var (_, watch) = _pool.NewWatch();
        _server.RejectKeys();
        var rejected = (await watch.LookAsync(SshPool.One, _deadline))!;
        _server.AcceptKeys();
        await _server.ChangeHostKeyAsync();
        var changed = (await watch.LookAsync(SshPool.One, _deadline))!;

        Assert.Contains("does not accept the key", rejected.Reason, StringComparison.Ordinal);
        Assert.Contains("shows the host key", changed.Reason, StringComparison.Ordinal);
    }
}
