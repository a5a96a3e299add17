using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Tokens;

public sealed class AttemptTokensTests : IAsyncLifetime
{
    private readonly BuildId _build = new IdSource(TimeProvider.System).Next<BuildId>();

    private readonly HandClock _clock = new();

    private AttemptTokens _tokens = null!;

    public async Task InitializeAsync() => _tokens = new AttemptTokens(new BrokerKey(await Containers.StorageAsync()), _clock);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task CheckAsync_OwnToken_IsForItsAttempt()
    {
        foreach (var attempt in new[] { 1, 2, 10 })
        {
            Assert.Equal(attempt, await _tokens.CheckAsync(_build, await _tokens.IssueAsync(_build, attempt, TimeSpan.Zero, default), default));
        }
    }

    [Fact]
    public async Task CheckAsync_PastTheAttemptsDeadlineAndGrace_IsForNothing()
    {
        var token = await _tokens.IssueAsync(_build, 1, TimeSpan.FromMinutes(5), default);

        _clock.Now += TimeSpan.FromMinutes(5) + AttemptTokens.Grace - TimeSpan.FromSeconds(1);
        Assert.Equal(1, await _tokens.CheckAsync(_build, token, default));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Null(await _tokens.CheckAsync(_build, token, default));
    }

    [Fact]
    public async Task CheckAsync_ChangedToken_IsForNothing()
    {
        var token = await _tokens.IssueAsync(_build, 1, TimeSpan.Zero, default);
        var other = new IdSource(TimeProvider.System).Next<BuildId>();
        Assert.Null(await _tokens.CheckAsync(other, token, default));

        for (var i = 0; i < token.Length - 1; i++)
        {
            var changed = token[..i] + (token[i] == '2' ? '3' : '2') + token[(i + 1)..];
            Assert.Null(await _tokens.CheckAsync(_build, changed, default));
        }

        foreach (var wrong in new[] { "", ".", "1.", "1", token[1..], token + "A", "-1" + token[1..], " " + token })
        {
            Assert.Null(await _tokens.CheckAsync(_build, wrong, default));
        }
    }

    [Fact]
    public async Task ReadAsync_HostsThatStartAtOnce_ShareOneKey()
    {
        var storage = await Containers.StorageAsync();

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new BrokerKey(storage).ReadAsync(default).AsTask()));

        Assert.Single(keys.Select(Convert.ToHexString).Distinct());
    }
}
