using BuildFunctions.Engine.Storage.Rows;

namespace BuildFunctions.Engine.Storage;

/// <summary>Removes what nobody needs: interrupted purges, finished instances past their retention, pages of earlier generations, payloads that nothing refers to.</summary>
internal sealed class HubSweeper(StorageContext storage, HubStore store)
{
    /// <summary>Finished instances are purged after this time, and the oldest of more than so many before, in each shard.</summary>
    private static readonly TimeSpan _retention = TimeSpan.FromDays(7);
    private const int RetainedPerShard = 1000;

    /// <summary>A payload that nothing refers to is kept this long: its commit may still come.</summary>
    private static readonly TimeSpan _payloadGrace = TimeSpan.FromHours(24);

    public async Task SweepAsync(CancellationToken cancellation)
    {
        var (purged, pages) = (0, 0);
        for (var shard = 0; shard < InstanceKey.Shards; shard++)
        {
            purged += await PurgeFinishedAsync(InstanceKey.ShardName(shard), cancellation);
            pages += await DeleteOldPagesAsync(InstanceKey.ShardName(shard), cancellation);
        }

        var (payloads, young) = await DeleteStrayPayloadsAsync(cancellation);
        storage.Log.Swept(purged, pages, payloads, young);
    }

    private async Task<int> PurgeFinishedAsync(string shard, CancellationToken cancellation)
    {
        var finished = new List<(InstanceHead Head, bool Purging)>();
        await foreach (var row in store.Reader.WithPrefixAsync(shard, InstanceKey.TerminalPrefix, HeadColumns.Names, cancellation))
        {
            finished.Add((HeadColumns.Decode(row), row.Number(HeadColumns.Purge) > 0));
        }

        var expired = storage.Time.GetUtcNow() - _retention;
        var purged = 0;
        foreach (var ((head, purging), rank) in finished.OrderByDescending(item => item.Head.UpdatedAt).Select((item, rank) => (item, rank)))
        {
            // A parent that is live may not have recorded the result yet.
            var wanted = head.ParentId is { } parent && store.IsLive(parent);
            if (purging || (!wanted && (head.UpdatedAt < expired || rank >= RetainedPerShard)))
            {
                purged += await store.PurgeAsync(head.Id, cancellation) ? 1 : 0;
            }
        }

        return purged;
    }

    private async Task<int> DeleteOldPagesAsync(string shard, CancellationToken cancellation)
    {
        var oldest = new Dictionary<InstanceKey, int>();
        await foreach (var row in store.Reader.WithPrefixAsync(shard, InstanceKey.PagePrefix, [HeadColumns.Purge], cancellation))
        {
            oldest.TryAdd(InstanceKey.OfRow(row.Key), InstanceKey.GenerationOfPage(row.Key));
        }

        var deleted = 0;
        foreach (var (key, generation) in oldest)
        {
            var head = await store.Reader.FindAsync(key, likelyLive: true, withEvents: false, cancellation);
            if (head?.Number("Gen") is { } current && generation < current)
            {
                deleted += await store.Purge.DeletePagesAsync(key, key.Pages(), cancellation, key.Pages((int)current));
            }
        }

        return deleted;
    }

    private async Task<(int Deleted, int Young)> DeleteStrayPayloadsAsync(CancellationToken cancellation)
    {
        var (old, young) = (new List<string>(), 0);
        var settled = storage.Time.GetUtcNow() - _payloadGrace;
        await foreach (var blob in storage.Transport.ListBlobsAsync("", cancellation))
        {
            if (blob.CreatedAt < settled)
            {
                old.Add(blob.Name);
            }
            else
            {
                young++;
            }
        }

        var deleted = 0;
        foreach (var blobs in old.GroupBy(InstanceKey.OfBlob))
        {
            var used = await TextsOfAsync(blobs.Key, cancellation);
            foreach (var stray in blobs.Where(name => used.TrueForAll(text => !text.Contains(name, StringComparison.Ordinal))))
            {
                await storage.Transport.DeleteBlobAsync(stray, cancellation);
                deleted++;
            }
        }

        return (deleted, young);
    }

    /// <summary>Every text of every row of an instance, whether or not its history is whole.</summary>
    private async Task<List<string>> TextsOfAsync(InstanceKey key, CancellationToken cancellation)
    {
        var texts = new List<string>();
        await foreach (var page in store.Reader.WithPrefixAsync(key.Shard, key.Pages(), null, cancellation))
        {
            texts.AddRange(page.Columns.Values.OfType<string>());
        }

        var head = await store.Reader.FindAsync(key, likelyLive: true, withEvents: true, cancellation);
        texts.AddRange(head?.Columns.Values.OfType<string>() ?? []);
        return texts;
    }
}
