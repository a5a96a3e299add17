using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Webhooks;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>Old deliveries of webhooks, and their histories; also the histories of those that were trimmed or went with their webhook.</summary>
public sealed class DeliverySweep(BrokerStorage storage, IOptions<RetentionOptions> options)
{
    internal async Task RunAsync(RetentionRun run, CancellationToken cancellation)
    {
        var oldest = run.Now - options.Value.Deliveries;
        var rows = storage.Webhooks.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ne {WebhookRows.Hooks} and At lt {oldest}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            if (!run.HasRoom(Kinds.Delivery))
            {
                break;
            }

            if (!run.DryRun)
            {
                await storage.Webhooks.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            }

            run.Removed(Kinds.Delivery, row.RowKey);
        }

        // By their own age, not by a row that names them: a row may have gone long ago, or a moment before a kill.
        await foreach (var instance in run.Histories.EndedAsync(DeliveryRecord.IdPrefix, oldest, cancellation))
        {
            if (!run.HasRoom(Kinds.DeliveryHistory))
            {
                return;
            }

            if (!run.DryRun)
            {
                await run.Histories.PurgeAsync(instance, cancellation);
            }

            run.Removed(Kinds.DeliveryHistory, instance);
        }
    }
}
