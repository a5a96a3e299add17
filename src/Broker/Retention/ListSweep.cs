using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Retention;

/// <summary>Rows of lists that name no build: lists are written before the record, and whoever wrote them died in between.</summary>
public sealed class ListSweep(BrokerStorage storage, BuildStore builds)
{
    /// <summary>Nobody who has written the row is still about to write the record.</summary>
    private static readonly TimeSpan _settled = TimeSpan.FromHours(1);

    internal async Task RunAsync(RetentionRun run, References references, CancellationToken cancellation)
    {
        var (all, open, apps, end) = (BuildKeys.AllBuilds, BuildKeys.OpenBuilds, BuildKeys.AppLists, BuildKeys.AppListsEnd);
        var rows = storage.Builds.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {all} or PartitionKey eq {open} or (PartitionKey ge {apps} and PartitionKey lt {end})"),
            select: ["PartitionKey", "RowKey", "Id", "Timestamp"],
            cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            if (!BuildId.TryParse(row.GetString("Id"), out var id)
                || run.Now - row.Timestamp < _settled
                || references.Has(Kinds.Record, id.ToString())
                || await builds.FindAsync(id, cancellation) is not null)
            {
                continue;
            }

            if (!run.HasRoom(Kinds.ListRow))
            {
                return;
            }

            if (!run.DryRun)
            {
                await DeleteAsync(row, cancellation);
            }

            run.Removed(Kinds.ListRow, id.ToString());
        }
    }

    private async Task DeleteAsync(TableEntity row, CancellationToken cancellation)
    {
        try
        {
            await storage.Builds.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation);
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            // The create is repeated at this moment; its record comes next.
        }
    }
}
