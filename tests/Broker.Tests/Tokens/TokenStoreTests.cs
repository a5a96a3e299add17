using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Broker.Tests.Tokens;

public sealed class TokenStoreTests : IAsyncLifetime
{
    private readonly HandClock _clock = new();

    private BrokerStorage _storage = null!;
    private TokenStore _tokens = null!;

    public async Task InitializeAsync()
    {
        _storage = await Containers.StorageAsync();
        _tokens = new TokenStore(_storage, _clock);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task IssueAsync_Token_IsFoundWithAllThatWasSaidAndKeptAsItsHashAlone()
    {
        var (secret, made) = await _tokens.IssueAsync("ci", Right.Deploy, [App("shop"), App("blog")], TimeSpan.FromHours(1), default);

        var found = await _tokens.FindAsync(secret, default);

        Assert.NotNull(found);
        Assert.Equal((made.Id, "ci", Right.Deploy, _clock.Now.AddHours(1)), (found.Id, found.Label, found.Right, found.ExpiresAt));
        Assert.Equal([App("shop"), App("blog")], found.Apps!);
        await foreach (var row in _storage.Tokens.QueryAsync<TableEntity>())
        {
            Assert.DoesNotContain(row, column => $"{column.Value}".Contains(secret[3..], StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task FindAsync_RowFromBeforeThereWereRights_IsAnAdmins()
    {
        var secret = "bf_" + new string('A', 43);
        await _storage.Tokens.AddEntityAsync(new TableEntity("admin", TokenRows.Hash(secret)) { ["Label"] = "local", ["CreatedAt"] = _clock.Now });

        var found = await _tokens.FindAsync(secret, default);

        Assert.Equal((Right.Admin, null, "local"), (found!.Right, found.Apps, found.Label));
        Assert.True(await _tokens.HasAdminAsync(default));
    }

    [Fact]
    public async Task FindAsync_PastItsEnd_IsNobodys()
    {
        var (secret, _) = await _tokens.IssueAsync("short", Right.Read, null, TimeSpan.FromSeconds(60), default);
        Assert.NotNull(await _tokens.FindAsync(secret, default));

        _clock.Now += TimeSpan.FromSeconds(60);

        Assert.Null(await _tokens.FindAsync(secret, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bf_")]
    [InlineData("bf_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("xx_AAAA")]
    public async Task FindAsync_NeverGivenOut_IsNobodys(string token)
    {
        Assert.Null(await _tokens.FindAsync(token, default));
        Assert.False(_tokens.IsKnown(token));
    }

    [Fact]
    public async Task RevokeAsync_Token_EndsHereAtOnceAndElsewhereWithinSeconds()
    {
        var other = new TokenStore(_storage, _clock);
        var (secret, token) = await _tokens.IssueAsync("gone soon", Right.Read, null, null, default);
        Assert.NotNull(await _tokens.FindAsync(secret, default));
        Assert.NotNull(await other.FindAsync(secret, default));

        Assert.True(await _tokens.RevokeAsync(token, evenTheLast: false, default));

        Assert.Null(await _tokens.FindAsync(secret, default));
        Assert.NotNull(await other.FindAsync(secret, default));
        _clock.Now += TimeSpan.FromSeconds(5);
        Assert.Null(await other.FindAsync(secret, default));
    }

    [Fact]
    public async Task RevokeAsync_TwoWhoEndTheLastTwoAdminTokens_LeaveOne()
    {
        var (_, one) = await _tokens.IssueAsync("one", Right.Admin, null, null, default);
        var (_, two) = await _tokens.IssueAsync("two", Right.Admin, null, null, default);
        await _tokens.IssueAsync("of one app", Right.Admin, [App("shop")], null, default);
        await _tokens.IssueAsync("lesser", Right.Deploy, null, null, default);

        var done = await Task.WhenAll(
            _tokens.RevokeAsync(one, evenTheLast: false, default), new TokenStore(_storage, _clock).RevokeAsync(two, evenTheLast: false, default));

        Assert.Single(done, ended => ended);
        Assert.True(await _tokens.HasAdminAsync(default));
        var last = done[0] ? two : one;
        Assert.True(await _tokens.RevokeAsync(last, evenTheLast: true, default));
        Assert.False(await _tokens.HasAdminAsync(default));
    }

    [Fact]
    public async Task WriteAsync_TokensThatWereUsed_AreNotedAndARevokedOneStaysGone()
    {
        var (_, used) = await _tokens.IssueAsync("used", Right.Read, null, null, default);
        var (_, gone) = await _tokens.IssueAsync("gone", Right.Read, null, null, default);
        using var use = new TokenUse(_tokens, _clock, NullLogger<TokenUse>.Instance);
        use.Note(used);
        use.Note(gone);
        await _tokens.RevokeAsync(gone, evenTheLast: false, default);

        await use.StoppedAsync(default);

        Assert.Equal(_clock.Now, Assert.Single(await _tokens.ListAsync(default)).LastUsedAt);
    }

    private static AppName App(string name) => AppName.TryParse(name, out var app) ? app : throw new ArgumentException(name);
}
