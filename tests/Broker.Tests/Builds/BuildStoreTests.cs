using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Builds;

public sealed class BuildStoreTests : IAsyncLifetime
{
    private readonly IdSource _ids = new(TimeProvider.System);

    private BuildStore _store = null!;

    public async Task InitializeAsync() => _store = new BuildStore(await Containers.StorageAsync(), new BuildChanges());

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_final_status_never_changes_and_leaves_the_list_of_open_builds()
    {
        var order = await CreateAsync();
        var journal = new BuildJournal(_store, TimeProvider.System);
        Assert.Equal([order.Id], await _store.OpenAsync(default).ToListAsync());

        Assert.NotNull(await journal.FinishAsync(order.Id, new BuildResult(BuildStatus.Success), default));
        Assert.Null(await journal.FinishAsync(order.Id, new BuildResult(BuildStatus.Failed), default));
        await journal.EnterAsync(order.Id, BuildPhase.Building, null, default);

        var build = (await _store.FindAsync(order.Id, default))!;
        Assert.Equal((BuildStatus.Success, BuildPhase.Done), (build.Status, build.Phase));
        Assert.Equal(["created", "success"], (await _store.TimelineAsync(order.Id, default)).Select(entry => entry.Event));
        Assert.Empty(await _store.OpenAsync(default).ToListAsync());
    }

    [Fact]
    public async Task An_entry_of_the_timeline_says_how_long_what_began_with_it_took()
    {
        var order = await CreateAsync();
        TimelineEntry After(double seconds) => new() { At = order.CreatedAt.AddSeconds(seconds), Event = $"{seconds}" };
        await _store.UpdateAsync(order.Id, build => build, "late", _ => After(5), default);
        await _store.UpdateAsync(order.Id, build => build, "early", _ => After(1.5), default);

        Assert.Equal([1.5, 3.5, null], (await _store.TimelineAsync(order.Id, default)).Select(entry => entry.Duration));
    }

    [Fact]
    public async Task Changes_at_once_are_all_kept()
    {
        var order = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _store.UpdateAsync(
            order.Id, build => build with { Warnings = [.. build.Warnings, $"{i}"] }, $"warned-{i}", _ => null, default)));

        Assert.Equal(20, (await _store.FindAsync(order.Id, default))!.Warnings.Count);
    }

    [Fact]
    public async Task A_second_create_gives_the_order_that_came_first()
    {
        var first = await CreateAsync();

        var again = (await _store.CreateAsync(first with { MaxAttempts = 9 }, Record(first), default)).Order;

        Assert.Equal(first.MaxAttempts, again.MaxAttempts);
    }

    [Fact]
    public async Task A_step_that_is_repeated_leaves_one_entry()
    {
        var order = await CreateAsync();
        var journal = new BuildJournal(_store, TimeProvider.System);

        await journal.EnterAsync(order.Id, BuildPhase.Preparing, null, default);
        await journal.EnterAsync(order.Id, BuildPhase.Preparing, null, default);
        await journal.NoteAsync(order.Id, "planned", null, default);
        await journal.NoteAsync(order.Id, "planned", null, default);

        Assert.Equal(["created", "preparing", "planned"], (await _store.TimelineAsync(order.Id, default)).Select(entry => entry.Event));
    }

    [Fact]
    public async Task What_a_build_says_about_itself_is_cut_to_fit_its_record()
    {
        var order = await CreateAsync();
        var warnings = Enumerable.Range(0, 200).Select(i => $"{i} {new string('w', 1000)}").ToList();

        await _store.UpdateAsync(order.Id, build => build with { Warnings = warnings, Reason = new string('r', 50_000) }, "x", _ => null, default);

        var build = (await _store.FindAsync(order.Id, default))!;
        Assert.NotEmpty(build.Warnings);
        Assert.StartsWith("rrr", build.Reason);
    }

    [Fact]
    public async Task Pages_go_from_new_to_old_and_miss_nothing()
    {
        var orders = new List<BuildOrder>();
        for (var i = 0; i < 5; i++)
        {
            orders.Add(await CreateAsync());
        }

        List<BuildId> seen = [];
        BuildPage page = new([], null);
        do
        {
            page = await _store.ListAsync(new BuildQuery(Limit: 2, Cursor: page.Cursor), default);
            seen.AddRange(page.Items.Select(build => build.Id));
        }
        while (page.Cursor is not null);

        Assert.Equal(orders.Select(order => order.Id.ToString()).OrderDescending(StringComparer.Ordinal), seen.Select(id => id.ToString()));
    }

    [Fact]
    public async Task A_key_belongs_to_who_claims_it_first()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _store.ClaimKeyAsync("key", new KeyClaim(_ids.Next<BuildId>(), $"{i}"), default)));

        Assert.Single(claims.Distinct());
        Assert.Null(await _store.FindKeyAsync("another", default));
    }

    private async Task<BuildOrder> CreateAsync()
    {
        Assert.True(AppName.TryParse("shop", out var app));
        var order = new BuildOrder
        {
            Id = _ids.Next<BuildId>(),
            App = app,
            Request = new BuildRequest(),
            Providers = ["local"],
            Deadlines = new BuildDeadlines(),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        return (await _store.CreateAsync(order, Record(order), default)).Order;
    }

    private static Build Record(BuildOrder order) => new() { Id = order.Id, App = order.App, CreatedAt = order.CreatedAt, Status = BuildStatus.Pending, Phase = BuildPhase.AwaitingSource };
}
