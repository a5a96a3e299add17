using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>Idempotency keys that nobody will repeat.</summary>
public sealed class KeySweep(BrokerStorage storage, IOptions<RetentionOptions> options)
{
    internal async Task RunAsync(RetentionRun run, CancellationToken cancellation)
    {
        var rows = storage.Builds.QueryAsync<TableEntity>("PartitionKey ge 'key|' and PartitionKey lt 'key}' and RowKey eq 'key'", select: ["PartitionKey", "RowKey", "Timestamp"], cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            if (run.Now - row.Timestamp > options.Value.Keys)
            {
                if (!run.HasRoom(Kinds.Key))
                {
                    return;
                }

                if (!run.DryRun)
                {
                    await storage.Builds.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
                }

                run.Removed(Kinds.Key, row.PartitionKey);
            }
        }
    }
}
