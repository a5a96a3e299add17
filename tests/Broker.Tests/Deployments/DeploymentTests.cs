using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Deployments;

public sealed class DeploymentTests : IAsyncLifetime
{
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly AppName _app = AppName.TryParse("shop", out var app) ? app : default;
    private readonly string _prefix = $"t{Guid.NewGuid():N}"[..19];
    private BrokerStorage _storage = null!;
    private DeploymentTable _table = null!;

    public async Task InitializeAsync()
    {
        _storage = await Containers.StorageAsync(_prefix);
        _table = new(_storage);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Deployments_are_listed_newest_first_and_in_pages()
    {
        for (var i = 0; i < 5; i++)
        {
            await _table.AddAsync(Record(i), default);
            await _table.AddAsync(Record(i), default);
        }

        var (first, cursor) = await _table.ListAsync(_app, 3, null, default);
        var (rest, end) = await _table.ListAsync(_app, 3, cursor, default);
        Assert.Equal([4, 3, 2, 1, 0], first.Concat(rest).Select(record => record.Files));
        Assert.Null(end);
        Assert.Equal(Record(2), (await _table.FindAsync(_app, Record(2).Id, default))! with { Version = "" });
    }

    [Fact]
    public async Task A_switch_repeated_after_a_lost_answer_changes_nothing()
    {
        Assert.Equal(SwitchOutcome.Switched, (await Service().GoLiveAsync(Record(1), Build(1), default)).Outcome);
        var again = await Service().GoLiveAsync(Record(1), Build(1), default);
        Assert.Equal(SwitchOutcome.AlreadyLive, again.Outcome);
        Assert.Empty(again.Live.Previous);
        Assert.Single(await _table.HistoryAsync(_app, 10, default));
    }

    [Fact]
    public async Task A_switch_repeated_after_a_newer_build_went_live_was_made_and_changes_nothing()
    {
        await Service().GoLiveAsync(Record(1), Build(1), default);
        await Service().GoLiveAsync(Record(2), Build(2), default);
        var again = await Service().GoLiveAsync(Record(1), Build(1), default);
        Assert.Equal(SwitchOutcome.AlreadyLive, again.Outcome);
        Assert.Equal(Record(2).Id, again.Live.Deployment);
        Assert.Equal(2, (await _table.HistoryAsync(_app, 10, default)).Count);
    }

    [Fact]
    public async Task Of_two_builds_that_end_in_reverse_order_the_newer_stays()
    {
        await Service().GoLiveAsync(Record(2), Build(2), default);
        var late = await Service().GoLiveAsync(Record(1), Build(1), default);
        Assert.Equal(SwitchOutcome.Superseded, late.Outcome);
        Assert.Equal(Record(2).Id, late.Live.Deployment);
    }

    [Fact]
    public async Task A_writer_with_an_old_version_of_the_pointer_is_refused()
    {
        await Service().GoLiveAsync(Record(1), Build(1), default);
        var old = await _table.LiveAsync(_app, default);
        await Service().GoLiveAsync(Record(2), Build(2), default);
        Assert.False(await _table.TrySwitchAsync(old, old! with { Sequence = DeploySequence.Of(Build(3)) }, SwitchReason.Build, default));
        Assert.False(await _table.TrySwitchAsync(null, old with { Sequence = DeploySequence.Of(Build(3)) }, SwitchReason.Build, default));
        Assert.Equal(Record(2).Id, (await _table.LiveAsync(_app, default))!.Deployment);
        Assert.Equal(2, (await _table.HistoryAsync(_app, 10, default)).Count);
    }

    [Fact]
    public async Task Of_many_switches_at_once_the_newest_wins_and_each_knows_its_fate()
    {
        var results = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => Service().GoLiveAsync(Record(i), Build(i), default)));
        Assert.Equal(Record(12).Id, (await _table.LiveAsync(_app, default))!.Deployment);
        Assert.Equal(results.Count(result => result.Outcome == SwitchOutcome.Switched), (await _table.HistoryAsync(_app, 100, default)).Count);
    }

    [Fact]
    public async Task Rollback_goes_back_step_by_step_and_an_older_build_does_not_undo_it()
    {
        foreach (var i in new[] { 1, 2, 3 })
        {
            await Service().GoLiveAsync(Record(i), Build(i), default);
        }

        Assert.Equal(Record(2).Id, (await Service().RollbackAsync(_app, null, default)).Live.Deployment);
        Assert.Equal(SwitchOutcome.Superseded, (await Service().GoLiveAsync(Record(4), Build(4), default)).Outcome);
        Assert.Equal(Record(1).Id, (await Service().RollbackAsync(_app, null, default)).Live.Deployment);
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<RejectedException>(() => Service().RollbackAsync(_app, null, default))).Code);
        Assert.Equal(Record(3).Id, (await Service().PromoteAsync(_app, Record(3).Id, default)).Live.Deployment);
        Assert.Equal(
            [SwitchReason.Promote, SwitchReason.Rollback, SwitchReason.Rollback, SwitchReason.Build, SwitchReason.Build, SwitchReason.Build],
            (await _table.HistoryAsync(_app, 10, default)).Select(line => line.Reason));
    }

    [Fact]
    public async Task A_rollback_whose_answer_was_lost_is_repeated_under_its_key_and_goes_back_once()
    {
        foreach (var i in new[] { 1, 2, 3 })
        {
            await Service().GoLiveAsync(Record(i), Build(i), default);
        }

        var first = await Service().RollbackAsync(_app, null, default, Key("key"));
        var repeats = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Service().RollbackAsync(_app, null, default, Key("key"))));
        var next = await Service().RollbackAsync(_app, null, default, Key("another"));
        var late = await Service().RollbackAsync(_app, null, default, Key("key"));

        Assert.All(repeats, repeat => Assert.Equal((SwitchOutcome.AlreadyLive, first.Live.Sequence, Record(2).Id), (repeat.Outcome, repeat.Live.Sequence, repeat.Live.Deployment)));
        Assert.Equal((Record(1).Id, Record(2).Id), (next.Live.Deployment, late.Live.Deployment));
        Assert.Equal(Record(1).Id, (await _table.LiveAsync(_app, default))!.Deployment);
        Assert.Equal(ErrorCode.Conflict, (await Assert.ThrowsAsync<RejectedException>(() => Service().PromoteAsync(_app, Record(3).Id, default, Key("key")))).Code);
    }

    [Fact]
    public async Task Of_many_repeats_at_once_one_goes_back()
    {
        foreach (var i in new[] { 1, 2, 3, 4 })
        {
            await Service().GoLiveAsync(Record(i), Build(i), default);
        }

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Service().RollbackAsync(_app, null, default, Key("key"))));

        Assert.All(all, one => Assert.Equal(Record(3).Id, one.Live.Deployment));
        Assert.Single(all, one => one.Outcome == SwitchOutcome.Switched);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_or_damaged_pointer_blocks_deploys_is_served_on_and_can_be_repaired(bool lost)
    {
        var pointers = Pointers();
        await Service(pointers).GoLiveAsync(Record(1), Build(1), default);
        await Service(pointers).GoLiveAsync(Record(2), Build(2), default);
        if (lost)
        {
            await _table.DropLiveAsync(_app, default);
        }
        else
        {
            var row = (await _storage.Deployments.GetEntityAsync<Azure.Data.Tables.TableEntity>("shop", "live")).Value;
            row["Sequence"] = "nonsense";
            await _storage.Deployments.UpdateEntityAsync(row, Azure.ETag.All, Azure.Data.Tables.TableUpdateMode.Replace);
        }

        Assert.Equal(ErrorCode.Conflict, (await Assert.ThrowsAsync<RejectedException>(() => Service().GoLiveAsync(Record(3), Build(3), default))).Code);
        Assert.Equal(Record(2).Id, (await pointers.GetAsync(_app, default))!.Deployment);
        Assert.Equal(Record(2).Id, (await Service().RepairAsync(_app, default)).Live.Deployment);
        Assert.Equal(Record(1).Id, (await Service().RollbackAsync(_app, null, default)).Live.Deployment);
    }

    [Fact]
    public async Task A_rollback_that_meets_its_own_first_try_goes_back_once()
    {
        foreach (var i in new[] { 1, 2, 3 })
        {
            await Service().GoLiveAsync(Record(i), Build(i), default);
        }

        var azurite = await Azurite.SharedAsync();
        var options = new TableClientOptions();
        options.AddPolicy(new LostAnswer(), HttpPipelinePosition.PerRetry);
        DeploymentTable table = new(new BrokerStorage(
            new TableServiceClient(azurite.ConnectionString, options), new BlobServiceClient(azurite.ConnectionString), Options.Create(new StorageOptions { Prefix = _prefix })));

        var made = await new AppDeployments(table, Pointers(), TimeProvider.System).RollbackAsync(_app, null, default);

        Assert.Equal((SwitchOutcome.Switched, Record(2).Id), (made.Outcome, made.Live.Deployment));
        Assert.Equal(4, (await _table.HistoryAsync(_app, 10, default)).Count);
        Assert.Equal([Record(1).Id], (await _table.LiveAsync(_app, default))!.Previous);
    }

    [Fact]
    public async Task A_key_is_its_tokens_own()
    {
        foreach (var i in new[] { 1, 2, 3 })
        {
            await Service().GoLiveAsync(Record(i), Build(i), default);
        }

        var one = await Service().RollbackAsync(_app, null, default, Key("key", 'a'));
        var other = await Service().RollbackAsync(_app, null, default, Key("key", 'b'));

        Assert.Equal((Record(2).Id, Record(1).Id), (one.Live.Deployment, other.Live.Deployment));
    }

    private static RequestKey Key(string text, char token = 'a') => new(TokenId.TryParse(TokenId.Prefix + new string(token, 20), out var id) ? id : default, text);

    private static BuildId Build(int i) => BuildId.Create(_start.AddSeconds(i), new byte[10]);

    private DeploymentRecord Record(int i) => new()
    {
        Id = DeploymentId.Create(_start.AddSeconds(i), new byte[10]),
        App = _app,
        Build = Build(i),
        Release = $"release{i}",
        Files = i,
        CreatedAt = _start.AddSeconds(i),
    };

    private LivePointers Pointers() => new(_table, TimeProvider.System, NullLogger<LivePointers>.Instance);

    private AppDeployments Service(LivePointers? pointers = null) => new(_table, pointers ?? Pointers(), TimeProvider.System);
}
