using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static BuildFunctions.Bench.BenchTable;

namespace BuildFunctions.Bench;

/// <summary>How soon a hub is back after a restart, and what it keeps in memory.</summary>
internal static class EngineStartBench
{
    private const int Running = 100;
    private const int Finished = 10_000;
    private const int Large = 1_000;
    private const int Commits = 20;
    private const int Waiting = 10_000;
    private const int Rounds = 5;

    private static readonly DateTimeOffset _created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(string connection, BenchTable table)
    {
        await FillAsync(connection, "Empty", Running, finished: 0);
        await FillAsync(connection, "Full", Running, Finished);
        await FillAsync(connection, "Large", Large, finished: 0);
        var (empty, full, large) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            empty.Add(await OpenAsync(connection, "Empty", Running));
            full.Add(await OpenAsync(connection, "Full", Running));
            large.Add(await OpenAsync(connection, "Large", Large));
        }

        table.Add($"start-up, {Running} running instances of {Commits} commits", $"p50 {Number(Median(empty))} ms");
        table.Add($"start-up, the same among {Finished:N0} finished ones", $"p50 {Number(Median(full))} ms", Median(full) / Median(empty), 1.5, "x");
        table.Add($"start-up, {Large:N0} running instances of {Commits} commits", $"p50 {Number(Median(large))} ms", Median(large), 1000, "ms");
        await AnswerAsync(connection, table);
        await MemoryAsync(connection, table);
    }

    private static async Task FillAsync(string connection, string name, int running, int finished)
    {
        await using var hub = await BenchHub.OpenAsync(connection, name);
        await Task.WhenAll(Enumerable.Range(0, running).Select(async n =>
        {
            await StartAsync(hub, $"live{n}");
            for (var i = 1; i < Commits; i++)
            {
                await hub.Client.RaiseEventAsync($"live{n}", "go", new string('e', 300));
            }
        }));
        await Task.WhenAll(Enumerable.Range(0, finished).Select(n => hub.Store.CommitAsync(
            new(StepKind.Start, Ended($"done{n}"), $"[\"{new string('e', 596)}\"]", 1), CancellationToken.None)));
    }

    /// <summary>From before the lease is asked for until every instance is in memory and what it owes is under way.</summary>
    private static async Task<double> OpenAsync(string connection, string name, int expected)
    {
        BenchHub? hub = null;
        var elapsed = await EngineBench.TimeAsync(async () => hub = await BenchHub.OpenAsync(connection, name));
        await using (hub)
        {
            return hub!.LiveCount == expected ? elapsed : throw new InvalidOperationException($"{hub.LiveCount} of {expected} instances came back.");
        }
    }

    private static async Task AnswerAsync(string connection, BenchTable table)
    {
        BenchHub? hub = null;
        var elapsed = await EngineBench.TimeAsync(async () =>
        {
            hub = await BenchHub.OpenAsync(connection, "Large");
            await Task.WhenAll(Enumerable.Range(0, Large).Select(n => hub.Client.RaiseEventAsync($"live{n}", "go", "")));
        });
        await hub!.DisposeAsync();
        table.Add($"start-up, until each of the {Large:N0} was replayed and has taken an event", $"{Number(elapsed)} ms");
    }

    private static async Task MemoryAsync(string connection, BenchTable table)
    {
        await using var hub = await BenchHub.OpenAsync(connection, "Memory");
        await StartAsync(hub, "first");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var elapsed = await EngineBench.TimeAsync(() => Task.WhenAll(Enumerable.Range(0, Waiting).Select(n => StartAsync(hub, $"w{n}"))));
        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        table.Add(
            $"memory of {Waiting:N0} waiting instances", $"{Number(used / 1e6)} MB, {Number(used / 1e3 / Waiting)} kB each; process {Number(Environment.WorkingSet / 1e6)} MB");
        table.Add($"the burst of their {Waiting:N0} starts, until acknowledged", $"{Number(elapsed)} ms");
    }

    private static Task StartAsync(BenchHub hub, string id) => hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions(id));

    private static InstanceHead Ended(string id) => new()
    {
        Id = id,
        Name = "Chain",
        Generation = 1,
        Sequence = 1,
        Status = OrchestrationRuntimeStatus.Completed,
        CreatedAt = _created,
        UpdatedAt = _created,
    };
}
