using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Retention;

public sealed class DeploymentSweepTests
{
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Old_history_goes_but_for_what_repairs_the_pointer_and_what_is_live_or_can_be_rolled_back_to_stays()
    {
        var storage = await Containers.StorageAsync();
        var (table, apps) = (new DeploymentTable(storage), new AppStore(storage, TimeProvider.System));
        var switches = new AppDeployments(table, new LivePointers(table, TimeProvider.System, NullLogger<LivePointers>.Instance), TimeProvider.System);
        Assert.True(AppName.TryParse("shop", out var app));
        foreach (var i in Enumerable.Range(1, 30))
        {
            await apps.TouchAsync(app, Build(i), default);
            await switches.GoLiveAsync(Record(app, i), Build(i), default);
        }

        var sweep = new DeploymentSweep(apps, table, switches, Options.Create(new RetentionOptions()));
        var later = DateTimeOffset.UtcNow.AddYears(1);
        await sweep.RunAsync(new RetentionRun(later, dryRun: true, 1000, new FakeHistories()), default);
        Assert.Equal(30, (await table.HistoryAsync(app, 100, default)).Count);

        await sweep.RunAsync(new RetentionRun(later, dryRun: false, 1000, new FakeHistories()), default);
        DeploymentId[] kept = [.. Enumerable.Range(20, 11).Reverse().Select(i => Record(app, i).Id)];
        Assert.Equal(kept, (await table.HistoryAsync(app, 100, default)).Select(line => line.Deployment));
        Assert.Equal(kept, (await table.ListAsync(app, 100, null, default)).Items.Select(record => record.Id));
        await table.DropLiveAsync(app, default);
        Assert.Equal(kept[1..], (await switches.RepairAsync(app, default)).Live.Previous);
    }

    private static BuildId Build(int i) => BuildId.Create(_start.AddSeconds(i), new byte[10]);

    private static DeploymentRecord Record(AppName app, int i) => new()
    {
        Id = DeploymentId.Create(_start.AddSeconds(i), new byte[10]),
        App = app,
        Build = Build(i),
        Release = $"release{i}",
        Files = i,
        CreatedAt = _start.AddSeconds(i),
    };
}
