using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>Subscriptions, and what was sent to each of them.</summary>
public sealed class WebhookStore(BrokerStorage storage)
{
    public Task AddAsync(WebhookRecord hook, CancellationToken cancellation) => storage.Webhooks.AddEntityAsync(WebhookRows.Write(hook), cancellation);

    public async Task<WebhookRecord?> FindAsync(WebhookId id, CancellationToken cancellation)
    {
        var row = await storage.Webhooks.GetEntityIfExistsAsync<TableEntity>(WebhookRows.Hooks, id.ToString(), cancellationToken: cancellation);
        return row.HasValue ? WebhookRows.ReadHook(row.Value!) : null;
    }

    public async Task<IReadOnlyList<WebhookRecord>> ListAsync(CancellationToken cancellation) =>
        [.. (await RowsAsync(WebhookRows.Hooks, cancellation)).Select(WebhookRows.ReadHook)];

    /// <summary>Writes how it goes there; a webhook that was removed meanwhile stays removed.</summary>
    public async Task UpdateAsync(WebhookId id, Func<WebhookRecord, WebhookRecord> change, CancellationToken cancellation)
    {
        while (true)
        {
            var row = await storage.Webhooks.GetEntityIfExistsAsync<TableEntity>(WebhookRows.Hooks, id.ToString(), cancellationToken: cancellation);
            if (!row.HasValue || WebhookRows.ReadHook(row.Value!) is var before && change(before) is var after && after == before)
            {
                return;
            }

            try
            {
                await storage.Webhooks.UpdateEntityAsync(WebhookRows.Write(after), row.Value!.ETag, TableUpdateMode.Replace, cancellation);
                return;
            }
            catch (RequestFailedException conflict) when (conflict.Status is 404 or 412)
            {
                continue;
            }
        }
    }

    /// <summary>With everything that was sent there.</summary>
    public async Task RemoveAsync(WebhookId id, CancellationToken cancellation)
    {
        await storage.Webhooks.DeleteEntityAsync(WebhookRows.Hooks, id.ToString(), ETag.All, cancellation);
        await TrimAsync(id, keep: 0, cancellation);
    }

    /// <returns>The delivery as it stands: a repeated event finds what its first time wrote.</returns>
    public async Task<DeliveryRecord> AddAsync(DeliveryRecord delivery, CancellationToken cancellation)
    {
        try
        {
            await storage.Webhooks.AddEntityAsync(WebhookRows.Write(delivery), cancellation);
            return delivery;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return await FindAsync(delivery.Webhook, delivery.Id, cancellation) ?? delivery;
        }
    }

    public async Task<DeliveryRecord?> FindAsync(WebhookId hook, string delivery, CancellationToken cancellation)
    {
        var row = await storage.Webhooks.GetEntityIfExistsAsync<TableEntity>(hook.ToString(), delivery, cancellationToken: cancellation);
        return row.HasValue ? WebhookRows.ReadDelivery(row.Value!) : null;
    }

    /// <summary>Writes what came of it; a delivery that was removed meanwhile, with its webhook or for its age, stays removed.</summary>
    /// <returns>The delivery as it is now; null where it is gone.</returns>
    public async Task<DeliveryRecord?> UpdateAsync(WebhookId hook, string delivery, Func<DeliveryRecord, DeliveryRecord> change, CancellationToken cancellation)
    {
        while (true)
        {
            var row = await storage.Webhooks.GetEntityIfExistsAsync<TableEntity>(hook.ToString(), delivery, cancellationToken: cancellation);
            if (!row.HasValue)
            {
                return null;
            }

            var after = change(WebhookRows.ReadDelivery(row.Value!));
            try
            {
                await storage.Webhooks.UpdateEntityAsync(WebhookRows.Write(after), row.Value!.ETag, TableUpdateMode.Replace, cancellation);
                return after;
            }
            catch (RequestFailedException conflict) when (conflict.Status is 404 or 412)
            {
                // It was sent by somebody else at the same time, or is being removed: look again.
            }
        }
    }

    /// <summary>Gives up a delivery that is still on its way.</summary>
    public Task FailAsync(DeliveryRecord delivery, CancellationToken cancellation) => UpdateAsync(
        delivery.Webhook,
        delivery.Id,
        before => before.State == DeliveryRecord.Pending ? before with { State = DeliveryRecord.Failed } : before,
        cancellation);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<DeliveryRecord>> DeliveriesAsync(WebhookId hook, CancellationToken cancellation) =>
        [.. (await RowsAsync(hook.ToString(), cancellation)).Select(WebhookRows.ReadDelivery).OrderByDescending(delivery => delivery.At)];

    public async Task TrimAsync(WebhookId hook, int keep, CancellationToken cancellation)
    {
        foreach (var old in (await DeliveriesAsync(hook, cancellation)).Skip(keep))
        {
            await storage.Webhooks.DeleteEntityAsync(hook.ToString(), old.Id, ETag.All, cancellation);
        }
    }

    /// <summary>Of all webhooks, what has not come to its end and is older than this.</summary>
    public async Task<IReadOnlyList<DeliveryRecord>> PendingAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var rows = await QueryAsync(TableClient.CreateQueryFilter($"State eq {DeliveryRecord.Pending} and At lt {before}"), cancellation);
        return [.. rows.Select(WebhookRows.ReadDelivery)];
    }

    private Task<List<TableEntity>> RowsAsync(string partition, CancellationToken cancellation) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellation);

    private async Task<List<TableEntity>> QueryAsync(string filter, CancellationToken cancellation)
    {
        List<TableEntity> rows = [];
        await foreach (var row in storage.Webhooks.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }
}
