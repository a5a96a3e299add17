using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Broker.Retention;

/// <summary>Remembers marks from one run to the next.</summary>
public sealed class SweepMarks(BrokerStorage storage)
{
    private const int Batch = 100;

    internal async Task<Dictionary<string, SweepMark>> ReadAsync(string kind, CancellationToken cancellation)
    {
        Dictionary<string, SweepMark> marks = new(StringComparer.Ordinal);
        await foreach (var row in storage.Retention.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition(kind)}"), cancellationToken: cancellation))
        {
            marks[row.GetString("Blob")] = new(row.GetString("Blob"), new ETag(row.GetString("Version")), row.GetDateTimeOffset("Since") ?? default);
        }

        return marks;
    }

    internal async Task ReplaceAsync(string kind, IReadOnlyDictionary<string, SweepMark> before, IReadOnlyDictionary<string, SweepMark> after, CancellationToken cancellation)
    {
        List<TableTransactionAction> changes =
        [
            .. after.Values.Where(mark => before.GetValueOrDefault(mark.Blob) != mark).Select(mark => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(kind, mark))),
            .. before.Values.Where(mark => !after.ContainsKey(mark.Blob)).Select(mark => new TableTransactionAction(TableTransactionActionType.Delete, Row(kind, mark), ETag.All)),
        ];
        foreach (var batch in changes.Chunk(Batch))
        {
            try
            {
                await storage.Retention.SubmitTransactionAsync(batch, cancellation);
            }
            catch (RequestFailedException gone) when (gone.Status == 404)
            {
                // Another host sweeps at the same time and has removed a mark; what is not written now is marked by the next run.
            }
        }
    }

    private static TableEntity Row(string kind, SweepMark mark) => new(Partition(kind), mark.Blob.Replace('/', '|'))
    {
        ["Blob"] = mark.Blob,
        ["Version"] = mark.Version.ToString(),
        ["Since"] = mark.Since,
    };

    private static string Partition(string kind) => $"mark {kind}";
}
