using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Retention;

public sealed class DeploymentSweepTests : IAsyncLifetime
{
    private static readonly DateTimeOffset _now = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly AppName _app = Recorded.App;
    private BrokerStorage _sound = null!;
    private BrokerStorage _dying = null!;
    private DyingPolicy _policy = null!;

    public async Task InitializeAsync()
    {
        (_sound, _dying, _policy) = await DyingStorage.NewAsync();
        await new AppStore(_sound, TimeProvider.System).TouchAsync(_app, Recorded.Id(_now, 1), default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Killed_at_any_call_the_next_run_finishes_and_what_is_needed_is_always_there()
    {
        var needed = await NeededAsync();
        for (var calls = 0; ; calls++)
        {
            for (var i = 0; i < 3; i++)
            {
                await Table(_sound).AddAsync(Old(20 + i), default);
            }

            _policy.Left = calls;
            var died = await DyingStorage.DiesAsync(() => SweepAsync(_dying));
            Assert.Superset(needed, await LeftAsync());
            await SweepAsync(_sound);
            Assert.Equal(needed, await LeftAsync());
            if (!died)
            {
                Assert.InRange(calls, 5, 100);
                return;
            }
        }
    }

    [Theory]
    [InlineData("promote")]
    [InlineData("rollback")]
    [InlineData("keep")]
    public async Task Whoever_wants_a_deployment_at_any_moment_of_its_removal_has_it_or_is_told_that_it_is_gone(string wish)
    {
        await NeededAsync();
        for (var calls = 0; ; calls++)
        {
            var wanted = Old(20 + calls);
            await Table(_sound).AddAsync(wanted, default);
            var (came, granted) = (false, false);
            _policy.Left = calls;
            _policy.Meanwhile = async () => (came, granted) = (true, await WishAsync(_sound, wish, wanted.Id));
            await SweepAsync(_dying);
            Assert.Equal(came && granted, (await LeftAsync()).Contains(wanted.Id));
            if (!came)
            {
                Assert.InRange(calls, 5, 100);
                return;
            }
        }
    }

    [Theory]
    [InlineData("promote")]
    [InlineData("rollback")]
    [InlineData("keep")]
    public async Task A_sweep_at_any_moment_of_a_switch_takes_nothing_that_was_granted(string wish)
    {
        await NeededAsync();
        for (var calls = 0; ; calls++)
        {
            var wanted = Old(20 + calls);
            await Table(_sound).AddAsync(wanted, default);
            var came = false;
            _policy.Left = calls;
            _policy.Meanwhile = async () =>
            {
                came = true;
                await SweepAsync(_sound);
            };
            var granted = await WishAsync(_dying, wish, wanted.Id);
            Assert.Equal(granted, (await LeftAsync()).Contains(wanted.Id));
            Assert.Contains((await Table(_sound).LiveAsync(_app, default))!.Deployment, await LeftAsync());
            if (!came)
            {
                Assert.InRange(calls, 1, 100);
                return;
            }
        }
    }

    [Fact]
    public async Task While_the_pointer_is_lost_or_damaged_nothing_goes_and_of_an_app_that_was_never_live_previews_do()
    {
        await Table(_sound).AddAsync(Old(2) with { Preview = true, ExpiresAt = _now.AddDays(-1) }, default);
        await SweepAsync(_sound);
        Assert.Empty(await LeftAsync());

        await NeededAsync();
        await Table(_sound).AddAsync(Old(20), default);
        var row = (await _sound.Deployments.GetEntityAsync<Azure.Data.Tables.TableEntity>(_app.ToString(), "live")).Value;
        row["Sequence"] = "nonsense";
        await _sound.Deployments.UpdateEntityAsync(row, Azure.ETag.All, Azure.Data.Tables.TableUpdateMode.Replace);
        await SweepAsync(_sound);
        Assert.Contains(Old(20).Id, await LeftAsync());
        await Table(_sound).DropLiveAsync(_app, default);
        await SweepAsync(_sound);
        Assert.Contains(Old(20).Id, await LeftAsync());

        await Service(_sound).RepairAsync(_app, default);
        await SweepAsync(_sound);
        Assert.DoesNotContain(Old(20).Id, await LeftAsync());
    }

    [Fact]
    public async Task A_kept_preview_stays_until_it_is_kept_no_longer()
    {
        var preview = Old(3) with { Preview = true, ExpiresAt = _now.AddDays(-1) };
        await Table(_sound).AddAsync(preview, default);
        Assert.True((await Service(_sound).KeepAsync(_app, preview.Id, kept: true, default)).Kept);
        await Table(_sound).AddAsync(preview, default);
        await SweepAsync(_sound);
        Assert.False((await Table(_sound).FindAsync(_app, preview.Id, default))!.IsExpired(_now));

        Assert.False((await Service(_sound).KeepAsync(_app, preview.Id, kept: false, default)).Kept);
        await SweepAsync(_sound);
        Assert.Empty(await LeftAsync());
        await Assert.ThrowsAsync<RejectedException>(() => Service(_sound).KeepAsync(_app, preview.Id, kept: true, default));
    }

    /// <summary>One live, one to go back to, one kept, one young, a preview whose time is not over.</summary>
    private async Task<HashSet<DeploymentId>> NeededAsync()
    {
        foreach (var i in new[] { 10, 11 })
        {
            await Service(_sound).GoLiveAsync(Old(i), Recorded.Id(_now.AddDays(-200), i), default);
        }

        await Table(_sound).AddAsync(Old(12), default);
        await Service(_sound).KeepAsync(_app, Old(12).Id, kept: true, default);
        var young = Old(13) with { CreatedAt = _now.AddDays(-89) };
        var preview = Old(14) with { Preview = true, ExpiresAt = _now.AddDays(1) };
        await Table(_sound).AddAsync(young, default);
        await Table(_sound).AddAsync(preview, default);
        return [Old(10).Id, Old(11).Id, Old(12).Id, young.Id, preview.Id];
    }

    private async Task<bool> WishAsync(BrokerStorage storage, string wish, DeploymentId id)
    {
        try
        {
            await (wish switch
            {
                "promote" => Service(storage).PromoteAsync(_app, id, default),
                "rollback" => Service(storage).RollbackAsync(_app, id, default),
                _ => (Task)Service(storage).KeepAsync(_app, id, kept: true, default),
            });
            return true;
        }
        catch (RejectedException)
        {
            return false;
        }
    }

    private async Task<HashSet<DeploymentId>> LeftAsync() => [.. (await Table(_sound).ListAsync(_app, 1000, null, default)).Items.Select(record => record.Id)];

    private DeploymentRecord Old(int i) => new()
    {
        Id = DeploymentId.Create(_now.AddDays(-200).AddSeconds(i), new byte[10]),
        App = _app,
        Release = $"release{i}",
        CreatedAt = _now.AddDays(-200).AddSeconds(i),
    };

    private static DeploymentTable Table(BrokerStorage storage) => new(storage);

    private static AppDeployments Service(BrokerStorage storage) =>
        new(Table(storage), new LivePointers(Table(storage), TimeProvider.System, NullLogger<LivePointers>.Instance), TimeProvider.System);

    private static Task SweepAsync(BrokerStorage storage) =>
        new DeploymentSweep(new AppStore(storage, TimeProvider.System), Table(storage), Options.Create(new RetentionOptions()))
            .RunAsync(new RetentionRun(_now, dryRun: false, limit: 1000, new FakeHistories()), default);
}
