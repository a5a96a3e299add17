using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Tests.Tokens;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Broker.Tests.Audit;

public sealed class AuditLogTests : IAsyncLifetime
{
    private readonly HandClock _clock = new();

    private BrokerStorage _storage = null!;
    private AuditWriter _writer = null!;
    private AuditLog _log = null!;

    public async Task InitializeAsync()
    {
        _storage = await Containers.StorageAsync();
        (_writer, _log) = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _writer.StopAsync(default);
        _writer.Dispose();
    }

    [Fact]
    public async Task ReadAsync_ChangeOfABrokerThatWasKilled_IsUnknown()
    {
        var entry = _log.Draft("tok_1", "Promote") with { Target = "dep_1" };
        await _log.BeginAsync(entry, default);
        Assert.Equal(AuditOutcome.Pending, Assert.Single(await ListAsync(_log)).Outcome);

        var (writer, next) = await StartAsync();

        var found = Assert.Single(await ListAsync(next));
        Assert.Equal((AuditOutcome.Unknown, null, "dep_1"), (found.Outcome, found.Status, found.Target));
        await writer.StopAsync(default);
    }

    [Fact]
    public async Task End_OfAHostThatStopsOrderly_IsKept()
    {
        var entry = _log.Draft("tok_1", "Promote");
        await _log.BeginAsync(entry, default);
        await _writer.StopAsync(default);

        _log.End(entry with { Status = 204 });
        await _writer.StoppedAsync(default);

        var (writer, next) = await StartAsync();
        var found = Assert.Single(await ListAsync(next));
        Assert.Equal((AuditOutcome.Answered, 204), (found.Outcome, found.Status));
        await writer.StopAsync(default);
    }

    [Fact]
    public async Task BeginAsync_ManyAtOnce_AreEachKeptWithTheirOwnOutcome()
    {
        var entries = Enumerable.Range(0, 500).Select(number => _log.Draft($"tok_{number}", "TriggerBuild")).ToList();

        await Task.WhenAll(entries.Select(async (entry, number) =>
        {
            await _log.BeginAsync(entry, default);
            _log.End(entry with { Status = 200 + number });
        }));

        var found = await ListAsync(_log);
        Assert.Equal(500, found.Count);
        Assert.All(found, entry => Assert.Equal($"tok_{entry.Status - 200}", entry.Actor));
        Assert.All(found, entry => Assert.Equal(AuditOutcome.Answered, entry.Outcome));
    }

    [Fact]
    public async Task ReadAsync_Filters_FindWhatTheyNameNewestFirstAndGoOnAfterACursor()
    {
        for (var number = 0; number < 6; number++)
        {
            _clock.Now += TimeSpan.FromMinutes(1);
            var entry = _log.Draft(number % 2 == 0 ? "it's me" : AuditLog.Broker, $"Action{number % 3}") with { App = App(number < 3 ? "shop" : "blog"), Detail = $"{number}" };
            await _log.AddAsync(entry, default);
        }

        Assert.Equal("543210", await DetailsAsync(new AuditQuery()));
        Assert.Equal("210", await DetailsAsync(new AuditQuery { App = App("shop") }));
        Assert.Equal("420", await DetailsAsync(new AuditQuery { Actor = "it's me" }));
        Assert.Equal("41", await DetailsAsync(new AuditQuery { Action = "Action1" }));
        Assert.Equal("543", await DetailsAsync(new AuditQuery { Since = _clock.Now - TimeSpan.FromMinutes(2) }));
        var cursor = (await ListAsync(_log))[1].Id;
        Assert.Equal("3210", await DetailsAsync(new AuditQuery { Cursor = cursor }));
        Assert.Equal("", await DetailsAsync(new AuditQuery { Actor = "x' or PartitionKey ne '" }));
    }

    [Fact]
    public async Task AddAsync_TextFromOutside_StaysOneLineAndShort()
    {
        await _log.AddAsync(AuditLog.Broker, "Purge", "a\r\nb\u001b[2J", new string('x', 5000), default);

        var found = Assert.Single(await ListAsync(_log));
        Assert.Equal("a\uFFFD\uFFFDb\uFFFD[2J", found.Target);
        Assert.InRange(found.Detail!.Length, 1, 300);
    }

    private async Task<(AuditWriter Writer, AuditLog Log)> StartAsync()
    {
        AuditWriter writer = new(_storage, TimeProvider.System, NullLogger<AuditWriter>.Instance);
        await writer.StartAsync(default);
        return (writer, new AuditLog(_storage, writer, _clock));
    }

    private async Task<string> DetailsAsync(AuditQuery query) => string.Concat((await ListAsync(_log, query)).Select(entry => entry.Detail));

    private static async Task<List<AuditEntry>> ListAsync(AuditLog log, AuditQuery? query = null)
    {
        List<AuditEntry> entries = [];
        await foreach (var entry in log.ReadAsync(query ?? new(), 100, default))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static AppName App(string name) => AppName.TryParse(name, out var app) ? app : throw new ArgumentException(name);
}
