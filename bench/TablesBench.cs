using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using BuildFunctions.Testing;

namespace BuildFunctions.Bench;

/// <summary>What the table client adds to a bare HttpClient that sends and reads the same bytes.</summary>
internal static class TablesBench
{
    private const int WarmUp = 3_000;
    private const int Calls = 3_000;
    private const int Parallel = 10_000;
    private const int InFlight = 16;

    public static async Task RunAsync(TextWriter output)
    {
        var location = Directory.CreateTempSubdirectory("bench-tables-").FullName;
        try
        {
            await using var azurite = await Azurite.StartAsync(location);
            var table = new TableClient(azurite.ConnectionString, "bench");
            await table.CreateAsync();
            using var bare = await BareTable.CaptureAsync(azurite.ConnectionString, "bench");

            await table.AddEntityAsync(Entity("read", "one"));
            var read = await InterleavedAsync(
                _ => bare.ReadAsync(), async _ => await table.GetEntityAsync<BenchEntity>("read", "one"));
            Print(output, "point read", read);

            // Small partitions: Azurite's inserts grow with what a partition holds.
            var bodies = Enumerable.Range(0, WarmUp + Calls).Select(i => BareTable.Body(Entity($"bare{i % 97}", Key(i)))).ToArray();
            var entities = Enumerable.Range(0, WarmUp + Calls).Select(i => Entity($"ours{i % 97}", Key(i))).ToArray();
            var insert = await InterleavedAsync(i => bare.InsertAsync(bodies[i]), async i => await table.AddEntityAsync(entities[i]));
            Print(output, "insert", insert);

            bodies = [.. Enumerable.Range(0, Parallel).Select(i => BareTable.Body(Entity($"bareMany{i % 97}", Key(i))))];
            entities = [.. Enumerable.Range(0, Parallel).Select(i => Entity($"oursMany{i % 97}", Key(i)))];
            var bareBytes = await AllocatedAsync(i => bare.InsertAsync(bodies[i]));
            var ourBytes = await AllocatedAsync(async i => await table.AddEntityAsync(entities[i]));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Parallel} inserts, {InFlight} in flight: bare {bareBytes / Parallel} B a call, ours {ourBytes / Parallel} B a call, "
                + $"ratio {(double)ourBytes / bareBytes:F2} (bar 2.0)"));
        }
        finally
        {
            Directory.Delete(location, recursive: true);
        }
    }

    private static BenchEntity Entity(string partition, string row) => new()
    {
        PartitionKey = partition,
        RowKey = row,
        Text = new string('x', 900),
        Count = 42,
        Total = 1L << 40,
        At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Id = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        Done = true,
    };

    private static string Key(int i) => i.ToString("D6", CultureInfo.InvariantCulture);

    // One of each in turn, so that what disturbs the machine disturbs both.
    private static async Task<(double[] Bare, double[] Ours)> InterleavedAsync(Func<int, Task> bare, Func<int, Task> ours)
    {
        var (bareTimes, ourTimes) = (new double[Calls], new double[Calls]);
        for (var i = 0; i < WarmUp + Calls; i++)
        {
            var bareFirst = i % 2 == 0;
            var first = await TimeAsync(bareFirst ? bare : ours, i);
            var second = await TimeAsync(bareFirst ? ours : bare, i);
            if (i >= WarmUp)
            {
                (bareTimes[i - WarmUp], ourTimes[i - WarmUp]) = bareFirst ? (first, second) : (second, first);
            }
        }

        return (bareTimes, ourTimes);
    }

    private static async Task<double> TimeAsync(Func<int, Task> call, int i)
    {
        var start = Stopwatch.GetTimestamp();
        await call(i);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<long> AllocatedAsync(Func<int, Task> insert)
    {
        var next = -1;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < Parallel)
            {
                await insert(i);
            }
        }));
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void Print(TextWriter output, string what, (double[] Bare, double[] Ours) times)
    {
        Array.Sort(times.Bare);
        Array.Sort(times.Ours);
        var (bareP50, ourP50) = (times.Bare[Calls / 2], times.Ours[Calls / 2]);
        var (bareMean, ourMean) = (times.Bare.Average(), times.Ours.Average());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: p50 bare {bareP50:F3} ms, ours {ourP50:F3} ms, ratio {ourP50 / bareP50:F2}; "
            + $"mean bare {bareMean:F3} ms, ours {ourMean:F3} ms, ratio {ourMean / bareMean:F2} (bar 1.2)"));
    }
}
