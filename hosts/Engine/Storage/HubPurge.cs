using BuildFunctions.Engine.Storage.Commit;
using BuildFunctions.Engine.Storage.Lease;
using BuildFunctions.Engine.Storage.Rows;
using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage;

/// <summary>Removes a terminal instance. The head goes last: wherever a purge was cut off, it can be found and finished.</summary>
internal sealed class HubPurge(StorageContext storage, HubReader reader, HubOwnership ownership)
{
    private static readonly IReadOnlyList<string> _keysOnly = [HeadColumns.Purge];

    /// <summary>False when there is no such row, or no longer.</summary>
    public async Task<bool> PurgeAsync(InstanceKey key, CancellationToken cancellation)
    {
        var writer = ownership.Writer(key.ShardIndex);
        if (await reader.GetAsync(key, key.Terminal, withEvents: false, cancellation) is not { } row)
        {
            return false;
        }

        try
        {
            if (row.Number(HeadColumns.Purge) == 0)
            {
                var marked = new Dictionary<string, object> { [HeadColumns.Purge] = 1 };
                await writer.WriteAsync([RowOperation.Merge(key.Terminal, marked)], mayConflict: true);
            }
        }
        catch (CommitRejectedException)
        {
            return false;
        }

        await DeleteBlobsAsync(key, cancellation);
        await DeletePagesAsync(key, key.Pages(), cancellation);
        await writer.WriteAsync([RowOperation.Delete(key.Terminal)]);
        return true;
    }

    /// <summary>Deletes the pages of an instance from the first to before <paramref name="to"/>; by default all of them.</summary>
    public async Task<int> DeletePagesAsync(InstanceKey key, string from, CancellationToken cancellation, string? to = null)
    {
        var pages = new List<string>();
        await foreach (var row in reader.RangeAsync(key.Shard, from, to ?? InstanceKey.After(key.Pages()), _keysOnly, cancellation))
        {
            pages.Add(row.Key);
        }

        foreach (var group in pages.Chunk(RowBudget.TransactionOperations - 1))
        {
            await ownership.Writer(key.ShardIndex).WriteAsync([.. group.Select(page => RowOperation.Delete(page))]);
        }

        return pages.Count;
    }

    private async Task DeleteBlobsAsync(InstanceKey key, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var blob in storage.Transport.ListBlobsAsync(key.Blobs, cancellation))
        {
            names.Add(blob.Name);
        }

        foreach (var name in names)
        {
            await storage.Retry.RunAsync(() => storage.Transport.DeleteBlobAsync(name, cancellation), cancellation);
        }
    }
}
