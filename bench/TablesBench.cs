using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using BuildFunctions.Testing;

namespace BuildFunctions.Bench;

/// <summary>What Azure.Data.Tables adds to a bare HttpClient that sends and reads the same bytes.</summary>
internal static class TablesBench
{
    private const int WarmUp = 2_000;
    private const int Calls = 2_000;
    private const int Parallel = 10_000;
    private const int InFlight = 16;
    private const int PerTransaction = 10;
    private const string Rows = "PartitionKey eq 'query'";

    public static async Task RunAsync(TextWriter output)
    {
        var location = Directory.CreateTempSubdirectory("bench-tables-").FullName;
        try
        {
            await using var azurite = await Azurite.StartAsync(location);
            var table = await CreateAsync(azurite, "reads");
            await table.AddEntityAsync(Entity("read", "one"));
            await table.SubmitTransactionAsync(Enumerable.Range(0, PerTransaction).Select(n => Add("query", $"{n}")));
            var read = await CaptureAsync("reads", client => client.GetEntityAsync<BenchEntity>("read", "one"));
            Print(output, "point read", await InterleavedAsync(_ => read.SendAsync(), _ => table.GetEntityAsync<BenchEntity>("read", "one")));
            var query = await CaptureAsync("reads", QueryAsync);
            Print(output, $"query of {PerTransaction}", await InterleavedAsync(_ => query.SendAsync(), _ => QueryAsync(table)));

            // Tables of their own: Azurite's inserts grow with what a table holds.
            await CreateAsync(azurite, "bareInserts");
            table = await CreateAsync(azurite, "inserts");
            var insert = await CaptureAsync("bareInserts", client => client.AddEntityAsync(Entity(BareCall.Partition, BareCall.Row)));
            var bodies = Bodies(insert, WarmUp + Calls);
            Print(output, "insert", await InterleavedAsync(
                i => insert.SendAsync(bodies[i]), i => table.AddEntityAsync(Entity(BareCall.PartitionOf(i + 1), BareCall.RowOf(i + 1)))));

            await CreateAsync(azurite, "bareTransactions");
            table = await CreateAsync(azurite, "transactions");
            var transaction = await CaptureAsync("bareTransactions", client => client.SubmitTransactionAsync(Batch(0)));
            bodies = Bodies(transaction, WarmUp + Calls);
            Print(output, $"transaction of {PerTransaction} inserts", await InterleavedAsync(
                i => transaction.SendAsync(bodies[i]), i => table.SubmitTransactionAsync(Batch(i + 1))));

            await CreateAsync(azurite, "bareMany");
            table = await CreateAsync(azurite, "many");
            insert = await CaptureAsync("bareMany", client => client.AddEntityAsync(Entity(BareCall.Partition, BareCall.Row)));
            bodies = Bodies(insert, Parallel);
            var entities = Enumerable.Range(1, Parallel).Select(i => Entity(BareCall.PartitionOf(i), BareCall.RowOf(i))).ToArray();
            var bareBytes = await AllocatedAsync(i => insert.SendAsync(bodies[i]));
            var clientBytes = await AllocatedAsync(i => table.AddEntityAsync(entities[i]));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Parallel} inserts, {InFlight} in flight: bare {bareBytes / Parallel} B a call, client {clientBytes / Parallel} B a call, "
                + $"ratio {(double)clientBytes / bareBytes:F2}"));

            Task<BareCall> CaptureAsync(string name, Func<TableClient, Task> call) => BareCall.CaptureAsync(azurite.ConnectionString, name, call);
        }
        finally
        {
            Directory.Delete(location, recursive: true);
        }
    }

    private static async Task<TableClient> CreateAsync(Azurite azurite, string name)
    {
        var table = new TableClient(azurite.ConnectionString, name);
        await table.CreateAsync();
        return table;
    }

    private static async Task QueryAsync(TableClient table)
    {
        await foreach (var page in table.QueryAsync<BenchEntity>(Rows).AsPages())
        {
            if (page.Values.Count != PerTransaction)
            {
                throw new InvalidOperationException($"{page.Values.Count} rows.");
            }
        }
    }

    // The first keys were used by the call that was captured.
    private static byte[][] Bodies(BareCall call, int count) => [.. Enumerable.Range(1, count).Select(call.Body)];

    private static IEnumerable<TableTransactionAction> Batch(int i) =>
        Enumerable.Range(0, PerTransaction).Select(n => Add(BareCall.PartitionOf(i), $"{BareCall.RowOf(i)}-{n}"));

    private static TableTransactionAction Add(string partition, string row) => new(TableTransactionActionType.Add, Entity(partition, row));

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

    // One of each in turn, so that what disturbs the machine disturbs both.
    private static async Task<(double[] Bare, double[] Client)> InterleavedAsync(Func<int, Task> bare, Func<int, Task> client)
    {
        var (bareTimes, clientTimes) = (new double[Calls], new double[Calls]);
        for (var i = 0; i < WarmUp + Calls; i++)
        {
            var bareFirst = i % 2 == 0;
            var first = await TimeAsync(bareFirst ? bare : client, i);
            var second = await TimeAsync(bareFirst ? client : bare, i);
            if (i >= WarmUp)
            {
                (bareTimes[i - WarmUp], clientTimes[i - WarmUp]) = bareFirst ? (first, second) : (second, first);
            }
        }

        return (bareTimes, clientTimes);
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

    private static void Print(TextWriter output, string what, (double[] Bare, double[] Client) times)
    {
        Array.Sort(times.Bare);
        Array.Sort(times.Client);
        var (bareP50, clientP50) = (times.Bare[Calls / 2], times.Client[Calls / 2]);
        var (bareMean, clientMean) = (times.Bare.Average(), times.Client.Average());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: p50 bare {bareP50:F3} ms, client {clientP50:F3} ms, ratio {clientP50 / bareP50:F2}; "
            + $"mean bare {bareMean:F3} ms, client {clientMean:F3} ms, ratio {clientMean / bareMean:F2}"));
    }
}
