using System.Diagnostics;
using Azure.Data.Tables;
using BuildFunctions.Testing;
using static BuildFunctions.Bench.BenchTable;

namespace BuildFunctions.Bench;

/// <summary>What orchestrations cost on one Azurite, beside what the table service itself costs in the same run.</summary>
internal static class EngineBench
{
    private const int WarmUp = 300;
    private const int Samples = 600;
    private const int EventsEach = 50;
    private const int Counted = 50;
    private const int InFlight = 200;
    private const int ChainsEach = 4;
    private const int StepsEach = BenchHub.ActivitiesEach + 1;
    private const int Rounds = 3;
    private const int Connections = 16;

    private static readonly string _events = $"[\"{new string('e', 596)}\"]";

    public static async Task RunAsync(TextWriter output)
    {
        var location = Directory.CreateTempSubdirectory("bench-engine-").FullName;
        var table = new BenchTable(output);
        try
        {
            await using var azurite = await Azurite.StartAsync(location);
            table.Add("load average before the run", Load());
            await LatencyAsync(azurite.ConnectionString, table);
            await ThroughputAsync(azurite.ConnectionString, table);
            await EngineStartBench.RunAsync(azurite.ConnectionString, table);
            table.Add("load average after the run", Load());
        }
        finally
        {
            Directory.Delete(location, recursive: true);
        }

        await table.SaveAsync("engine");
    }

    public static async Task<double> TimeAsync(Func<Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Everything in turn, so that a busy moment of the machine meets each alike.</summary>
    private static async Task LatencyAsync(string connection, BenchTable table)
    {
        var floor = await FloorAsync(connection, "latency");
        await using var hub = await BenchHub.OpenAsync(connection, "Latency");
        var (insert, batch, chain, raise, resume) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = -WarmUp; i < Samples; i++)
        {
            if (i == 0)
            {
                Array.ForEach([insert, batch, chain, raise, resume], figures => figures.Clear());
            }

            var instance = (i + WarmUp) / EventsEach;
            var (wait, answer) = ($"wait{instance}", $"answer{instance}");
            if ((i + WarmUp) % EventsEach == 0)
            {
                await StartAsync(hub, wait, "Wait");
                await StartAsync(hub, answer, "Answer");
            }

            insert.Add(await TimeAsync(() => floor.AddEntityAsync(Entity($"i{i % 97}", $"{i}"))));
            chain.Add(await TimeAsync(hub.ChainAsync));
            insert.Add(await TimeAsync(() => floor.AddEntityAsync(Entity($"j{i % 97}", $"{i}"))));
            raise.Add(await TimeAsync(() => hub.Client.RaiseEventAsync(wait, "go", "")));
            resume.Add(await TimeAsync(() => Task.WhenAll(hub.Client.RaiseEventAsync(answer, "go", ""), hub.ResumedAsync())));

            // Last: the commit of that activity's result would slow an insert down.
            batch.Add(await TimeAsync(() => floor.SubmitTransactionAsync(
                Enumerable.Range(0, 10).Select(n => new TableTransactionAction(TableTransactionActionType.Add, Entity($"b{i % 97}", $"{i}-{n}"))))));
        }

        var unit = Median(insert);
        table.Add("a table insert of 600 characters, one at a time", Percentiles(insert));
        table.Add("a transaction of 10 inserts, one at a time", Percentiles(batch));
        AddRatio("an orchestration of 5 activities, one at a time", chain, 12);
        AddRatio("an event raised, until acknowledged", raise, 6);
        AddRatio("an event raised, until the activity it lets go runs", resume, 6);
        await CountAsync(hub, table);

        void AddRatio(string what, List<double> figures, double bar) =>
            table.Add(what, Percentiles(figures), Median(figures) / unit, bar, "x an insert");
    }

    private static async Task CountAsync(BenchHub hub, BenchTable table)
    {
        using var calls = new StorageCalls();
        for (var i = 0; i < Counted; i++)
        {
            await hub.ChainAsync();
        }

        table.Add("storage writes of that orchestration", $"{calls.Writes} for {Counted}", (double)calls.Writes / Counted, 7, "each");
        table.Add("storage reads of that orchestration", $"{calls.Reads} for {Counted}", (double)calls.Reads / Counted, 0, "each");
    }

    private static async Task ThroughputAsync(string connection, BenchTable table)
    {
        var floor = await FloorAsync(connection, "naive");
        using var slots = new SemaphoreSlim(Connections);
        await using var hub = await BenchHub.OpenAsync(connection, "Throughput");
        var (naive, engine) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            naive.Add(await RateAsync(chain => NaiveChainAsync(floor, slots, $"r{round}-{chain}")));
            engine.Add(await RateAsync(_ => hub.ChainAsync()));
        }

        table.Add($"steps/s, {InFlight} in flight, a transaction of two operations each, {Connections} connections", Number(Median(naive)));
        table.Add(
            $"steps/s, {InFlight} orchestrations of 5 activities in flight", Number(Median(engine)), Median(engine) / Median(naive), 2, "x", isLeast: true);
    }

    private static async Task NaiveChainAsync(TableClient table, SemaphoreSlim slots, string partition)
    {
        Azure.ETag? tag = null;
        for (var step = 0; step < StepsEach; step++)
        {
            var head = new TableEntity(partition, "head") { ["Seq"] = step };
            await slots.WaitAsync();
            try
            {
                var answer = await table.SubmitTransactionAsync(
                [
                    tag is { } known ? new(TableTransactionActionType.UpdateMerge, head, known) : new(TableTransactionActionType.Add, head),
                    new(TableTransactionActionType.Add, Entity(partition, $"e{step:D6}")),
                ]);
                tag = answer.Value[0].Headers.ETag!.Value;
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private static async Task<double> RateAsync(Func<int, Task> chain)
    {
        var elapsed = await TimeAsync(() => Task.WhenAll(Enumerable.Range(0, InFlight).Select(async n =>
        {
            for (var i = 0; i < ChainsEach; i++)
            {
                await chain((n * ChainsEach) + i);
            }
        })));
        return InFlight * ChainsEach * StepsEach / elapsed * 1000;
    }

    private static Task StartAsync(BenchHub hub, string id, string name) =>
        hub.Client.ScheduleNewOrchestrationInstanceAsync(name, new Microsoft.DurableTask.StartOrchestrationOptions(id));

    private static async Task<TableClient> FloorAsync(string connection, string name)
    {
        var table = new TableClient(connection, name);
        await table.CreateIfNotExistsAsync();
        return table;
    }

    private static TableEntity Entity(string partition, string row) => new(partition, row) { ["Events"] = _events };

    private static string Percentiles(List<double> values) => $"p50 {Number(Median(values))} ms, p99 {Number(Percentile(values, 99))} ms";

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
