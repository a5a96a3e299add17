using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Storage;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>Old entries of the audit log, many at a time: each change makes one, so they are more than anything else.</summary>
public sealed class AuditSweep(BrokerStorage storage, IOptions<RetentionOptions> options)
{
    private const int Batch = 100;

    internal async Task RunAsync(RetentionRun run, CancellationToken cancellation)
    {
        var oldest = AuditRows.Before(run.Now - options.Value.Audit);
        var rows = storage.Audit.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {AuditRows.Partition} and RowKey gt {oldest}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation);
        await foreach (var batch in rows.Chunk(Batch).WithCancellation(cancellation))
        {
            if (!run.HasRoom(Kinds.Audit, Batch))
            {
                return;
            }

            if (!run.DryRun)
            {
                await DeleteAsync(batch, cancellation);
            }

            run.Removed(Kinds.Audit, batch.Length);
        }
    }

    private async Task DeleteAsync(TableEntity[] rows, CancellationToken cancellation)
    {
        try
        {
            await storage.Audit.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // Another host sweeps as well and has taken one of them; what is left of these goes with the next run.
        }
    }
}
