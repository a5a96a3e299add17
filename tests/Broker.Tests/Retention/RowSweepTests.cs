using Azure.Data.Tables;
using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Retention;

public sealed class RowSweepTests : IAsyncLifetime
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow.AddDays(2);
    private readonly IOptions<RetentionOptions> _options = Options.Create(new RetentionOptions());
    private BrokerStorage _storage = null!;

    public async Task InitializeAsync() => _storage = await Containers.StorageAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Audit_entries_go_when_they_are_older_than_a_year_and_no_sooner()
    {
        var old = Enumerable.Range(1, 150).Select(number => _now.AddDays(-365).AddSeconds(-number)).ToList();
        DateTimeOffset[] young = [_now.AddDays(-365).AddSeconds(1), _now];
        foreach (var at in old.Concat(young))
        {
            await _storage.Audit.AddEntityAsync(AuditRows.Write(new() { Id = AuditRows.Id(at, 7), At = at, Actor = "broker", Action = "test", Outcome = AuditOutcome.Answered }));
        }

        var sweep = new AuditSweep(_storage, _options);
        await sweep.RunAsync(Run(limit: 1), default);
        Assert.Equal(52, await CountAsync(_storage.Audit));
        await sweep.RunAsync(Run(), default);
        Assert.Equal(young.Reverse().Select(at => AuditRows.Id(at, 7)), await _storage.Audit.QueryAsync<TableEntity>().Select(row => row.RowKey).ToListAsync());
    }

    [Fact]
    public async Task Deliveries_go_after_a_month_with_the_histories_of_those_that_went_before()
    {
        var store = new WebhookStore(_storage);
        var hook = new WebhookRecord(WebhookId.Create(_now, new byte[10]), "https://example.org/", [], null, _now.AddDays(-100), []);
        await store.AddAsync(hook, default);
        await store.AddAsync(new DeliveryRecord(hook.Id, "msg_old", "test", _now.AddDays(-31), "{}"), default);
        await store.AddAsync(new DeliveryRecord(hook.Id, "msg_young", "test", _now.AddDays(-29), "{}"), default);
        var histories = new FakeHistories("msg_old", "msg_trimmed", "bld_1");

        await new DeliverySweep(_storage, _options).RunAsync(Run(histories), default);

        Assert.Equal(["msg_young"], (await store.DeliveriesAsync(hook.Id, default)).Select(delivery => delivery.Id));
        Assert.NotNull(await store.FindAsync(hook.Id, default));
        Assert.Equal(["bld_1"], histories.Left);
    }

    [Fact]
    public async Task Logs_statements_and_rows_of_lists_go_when_their_build_has_no_record_and_the_others_stay()
    {
        var builds = new BuildStore(_storage, new BuildChanges());
        var logs = new BuildLogs(_storage.Logs, new LogOptions(), new(), TimeProvider.System);
        var provenance = new ProvenanceStore(_storage);
        var (kept, lost) = (BuildOf(1), BuildOf(2));
        foreach (var build in new[] { kept, lost })
        {
            await builds.CreateAsync(Recorded.Order(build), Recorded.Build(build), default);
            await logs.CloseAsync(build, default);
            await provenance.AddAsync(build, Recorded.App, "sha", Recorded.Envelope("sha"), default);
            await provenance.AddReuseAsync(build, BinaryData.FromString("{}"), default);
        }

        await provenance.AddAsync(lost, Recorded.App, "never signed", Recorded.Envelope("sha"), default);
        await builds.RemoveRecordAsync(lost, default);
        var references = await new ReferenceScan(_storage, _options).ReadAsync(_now, default);
        foreach (var _ in new[] { "once", "and again" })
        {
            await new OrphanSweep(_storage, builds, logs, provenance).RunAsync(Run(), references, default);
            await new ListSweep(_storage, builds).RunAsync(Run(), references, default);
        }

        Assert.Equal([kept], await builds.OpenAsync(default).ToListAsync());
        Assert.Equal(3, await CountAsync(_storage.Builds, $"Id eq '{kept}'"));
        Assert.Equal(0, await CountAsync(_storage.Builds, $"Id eq '{lost}' or RowKey eq '{lost}'"));
        Assert.Equal([kept], await provenance.MadeByAsync("sha", default).Select(made => made.Build).ToListAsync());
        Assert.NotEmpty(await logs.SegmentsAsync(kept, default));
        Assert.Empty(await logs.SegmentsAsync(lost, default));
        Assert.NotNull(await provenance.FindReuseAsync(kept, default));
        Assert.Null(await provenance.FindAsync(lost, default));
        Assert.Null(await provenance.FindReuseAsync(lost, default));
    }

    [Fact]
    public async Task A_build_whose_record_comes_after_the_lists_were_read_keeps_its_rows()
    {
        var builds = new BuildStore(_storage, new BuildChanges());
        var references = await new ReferenceScan(_storage, _options).ReadAsync(_now, default);
        var build = BuildOf(3);
        await builds.CreateAsync(Recorded.Order(build), Recorded.Build(build), default);

        await new ListSweep(_storage, builds).RunAsync(Run(), references, default);

        Assert.Equal([build], await builds.OpenAsync(default).ToListAsync());
    }

    private BuildId BuildOf(int number) => Recorded.Id(_now.AddDays(-2), number);

    private RetentionRun Run(FakeHistories? histories = null, int limit = 1000) => new(_now, dryRun: false, limit, histories ?? new FakeHistories());

    private static async Task<int> CountAsync(TableClient table, string? filter = null) => await table.QueryAsync<TableEntity>(filter).CountAsync();
}
