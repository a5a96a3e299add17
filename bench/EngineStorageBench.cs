using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using BuildFunctions.Engine.Storage;
using BuildFunctions.Testing;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Bench;

/// <summary>What a durable step costs on one Azurite, beside what the table service itself costs in the same run.</summary>
internal static class EngineStorageBench
{
    private const int WarmUp = 2_000;
    private const int Samples = 2_000;
    private const int InFlight = 200;
    private const int TurnsEach = 30;
    private const int Connections = 16;

    private static readonly DateTimeOffset _created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string _events = $"[\"{new string('e', 596)}\"]";

    public static async Task RunAsync(TextWriter output)
    {
        var location = Directory.CreateTempSubdirectory("bench-store-").FullName;
        var figures = new List<(string What, string Figure, string Bar)>();
        try
        {
            await using var azurite = await Azurite.StartAsync(location);
            await LatencyAsync(azurite.ConnectionString, figures);
            await ThroughputAsync(azurite.ConnectionString, figures);
            await StartUpAsync(azurite.ConnectionString, figures);
        }
        finally
        {
            Directory.Delete(location, recursive: true);
        }

        foreach (var (what, figure, bar) in figures)
        {
            output.WriteLine($"{what}: {figure}{(bar.Length == 0 ? "" : $" (bar {bar})")}");
        }

        var folder = Directory.CreateDirectory(Path.Combine(RepositoryRoot.Path, "bench", "results")).FullName;
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "store.md"),
            ["| what | figure | bar |", "|---|---|---|", .. figures.Select(row => $"| {row.What} | {row.Figure} | {row.Bar} |")]);
    }

    private static async Task LatencyAsync(string connection, List<(string, string, string)> figures)
    {
        var table = await TableAsync(connection, "floor");
        await using var hub = await OpenAsync(connection, "Latency");
        var head = await StartAsync(hub.Store, "warm");
        for (var i = 0; i < WarmUp; i++)
        {
            await table.AddEntityAsync(Entity($"w{i % 97}", i));
            head = await TurnAsync(hub.Store, head);
        }

        head = await StartAsync(hub.Store, "measured");
        var (insert, batch, commit) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Samples; i++)
        {
            insert.Add(await TimeAsync(() => table.AddEntityAsync(Entity($"i{i % 97}", i))));
            batch.Add(await TimeAsync(() => table.SubmitTransactionAsync(
                Enumerable.Range(0, 10).Select(n => new TableTransactionAction(TableTransactionActionType.Add, Entity($"b{i % 97}", (i * 10) + n))))));
            commit.Add(await TimeAsync(async () => head = await TurnAsync(hub.Store, head)));
            if (head.Sequence == 100)
            {
                head = await StartAsync(hub.Store, $"measured{i}");
            }
        }

        figures.Add(("table insert of 600 characters, one at a time", Percentiles(insert), ""));
        figures.Add(("transaction of 10 inserts, one at a time", Percentiles(batch), ""));
        figures.Add(("commit of a step, one at a time", $"{Percentiles(commit)}, {Number(Median(commit) / Median(insert))} x an insert", ""));
        await hub.Ownership.ReleaseAsync();
    }

    private static async Task ThroughputAsync(string connection, List<(string, string, string)> figures)
    {
        var table = await TableAsync(connection, "naive");
        using var slots = new SemaphoreSlim(Connections);
        var naive = new List<double>();
        var grouped = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            var heads = Enumerable.Range(0, InFlight).Select(n => new TableEntity($"r{round}-{n}", "head") { ["Seq"] = 0 }).ToList();
            await Parallel.ForEachAsync(heads, async (head, c) => head.ETag = (await table.AddEntityAsync(head, c)).Headers.ETag!.Value);
            naive.Add(await RateAsync(n => NaiveChainAsync(table, slots, heads[n])));

            await using var hub = await OpenAsync(connection, $"Grouped{round}");
            var starts = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(n => StartAsync(hub.Store, $"i{n}")));
            grouped.Add(await RateAsync(async n =>
            {
                for (var turn = 0; turn < TurnsEach; turn++)
                {
                    starts[n] = await TurnAsync(hub.Store, starts[n]);
                }
            }));
        }

        figures.Add(($"steps/s, {InFlight} in flight, a transaction of two operations each, {Connections} connections", Number(Median(naive)), ""));
        figures.Add(($"steps/s, {InFlight} in flight, grouped", $"{Number(Median(grouped))}, {Number(Median(grouped) / Median(naive))} x", "2 x"));
    }

    private static async Task NaiveChainAsync(TableClient table, SemaphoreSlim slots, TableEntity head)
    {
        for (var turn = 0; turn < TurnsEach; turn++)
        {
            var next = new TableEntity(head.PartitionKey, "head") { ["Seq"] = turn };
            var row = new TableEntity(head.PartitionKey, $"e{turn:D6}") { ["Events"] = _events };
            await slots.WaitAsync();
            try
            {
                var answer = await table.SubmitTransactionAsync(
                    [new(TableTransactionActionType.UpdateMerge, next, head.ETag), new(TableTransactionActionType.Add, row)]);
                head.ETag = answer.Value[0].Headers.ETag!.Value;
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private static async Task StartUpAsync(string connection, List<(string, string, string)> figures)
    {
        await FillAsync(connection, "Empty", live: 100, finished: 0);
        await FillAsync(connection, "Full", live: 100, finished: 10_000);
        await FillAsync(connection, "Large", live: 1_000, finished: 0);
        var (empty, full, large) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < 7; round++)
        {
            empty.Add(await LoadAsync(connection, "Empty", 100));
            full.Add(await LoadAsync(connection, "Full", 100));
            large.Add(await LoadAsync(connection, "Large", 1_000));
        }

        figures.Add(("lease to loaded, 100 live instances of 20 commits", $"{Number(Median(empty))} ms", ""));
        figures.Add(("the same among 10,000 finished ones", $"{Number(Median(full))} ms, {Number(Median(full) / Median(empty))} x", "1.5 x"));
        figures.Add(("lease to loaded, 1,000 live instances of 20 commits", $"{Number(Median(large))} ms", "1,000 ms"));
    }

    private static async Task FillAsync(string connection, string name, int live, int finished)
    {
        await using var hub = await OpenAsync(connection, name);
        await Task.WhenAll(Enumerable.Range(0, live).Select(async n =>
        {
            var head = await StartAsync(hub.Store, $"live{n}");
            for (var turn = 1; turn < 20; turn++)
            {
                head = await TurnAsync(hub.Store, head);
            }
        }));
        await Task.WhenAll(Enumerable.Range(0, finished).Select(n => StartAsync(hub.Store, $"done{n}", OrchestrationRuntimeStatus.Completed)));
    }

    private static async Task<double> LoadAsync(string connection, string name, int expected)
    {
        await using var hub = Open(connection, name);
        var watch = Stopwatch.StartNew();
        await hub.Ownership.AcquireAsync(default);
        var loaded = await hub.Store.LoadLiveAsync(default);
        var elapsed = watch.Elapsed.TotalMilliseconds;
        return loaded.Count == expected ? elapsed : throw new InvalidOperationException($"{loaded.Count} of {expected} instances came back.");
    }

    private static HubStorage Open(string connection, string name) =>
        HubStorage.Open(new() { Account = StorageAccount.Of(connection), HubName = "Bench" + name }, TimeProvider.System, NullLogger.Instance);

    private static async Task<HubStorage> OpenAsync(string connection, string name)
    {
        var hub = Open(connection, name);
        await hub.Ownership.AcquireAsync(default);
        return hub;
    }

    private static async Task<InstanceHead> StartAsync(
        IHubStore store, string id, OrchestrationRuntimeStatus status = OrchestrationRuntimeStatus.Running)
    {
        var head = new InstanceHead
        {
            Id = id,
            Name = "Bench",
            Generation = 1,
            Sequence = 1,
            Status = status,
            CreatedAt = _created,
            UpdatedAt = _created,
        };
        await store.CommitAsync(new(StepKind.Start, head, _events, 1), default);
        return head;
    }

    private static async Task<InstanceHead> TurnAsync(IHubStore store, InstanceHead head)
    {
        var next = head with { Sequence = head.Sequence + 1, UpdatedAt = head.UpdatedAt.AddSeconds(1) };
        await store.CommitAsync(new(StepKind.Turn, next, _events, 1), default);
        return next;
    }

    private static async Task<TableClient> TableAsync(string connection, string name)
    {
        var table = new TableClient(connection, name);
        await table.CreateIfNotExistsAsync();
        return table;
    }

    private static TableEntity Entity(string partition, int row) => new(partition, $"{row:D8}") { ["Events"] = _events };

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<double> RateAsync(Func<int, Task> chain)
    {
        var elapsed = await TimeAsync(() => Task.WhenAll(Enumerable.Range(0, InFlight).Select(chain)));
        return InFlight * TurnsEach / elapsed * 1000;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Percentiles(List<double> values) =>
        $"p50 {Number(Median(values))} ms, p95 {Number(values.Order().ElementAt(values.Count * 95 / 100))} ms";

    private static string Number(double value) => value.ToString(value < 100 ? "F2" : "N0", CultureInfo.InvariantCulture);
}
