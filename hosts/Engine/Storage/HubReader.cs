using System.Runtime.CompilerServices;
using BuildFunctions.Engine.Storage.Rows;
using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage;

/// <summary>Reads of rows: no ownership needed, repeated when storage does not answer.</summary>
internal sealed class HubReader(StorageContext storage)
{
    public Task<Row?> GetAsync(InstanceKey key, string rowKey, bool withEvents, CancellationToken cancellation) => storage.Retry.ReadAsync(
        () => storage.Transport.GetAsync(key.Shard, rowKey, withEvents ? null : HeadColumns.Names, cancellation), cancellation);

    /// <summary>The head row of an instance, wherever it is now. It may move while we look: the first place is looked at again.</summary>
    public async Task<Row?> FindAsync(InstanceKey key, bool likelyLive, bool withEvents, CancellationToken cancellation)
    {
        var (first, second) = likelyLive ? (key.Live, key.Terminal) : (key.Terminal, key.Live);
        return await GetAsync(key, first, withEvents, cancellation)
            ?? await GetAsync(key, second, withEvents, cancellation)
            ?? await GetAsync(key, first, withEvents, cancellation);
    }

    public IAsyncEnumerable<Row> WithPrefixAsync(string shard, string prefix, IReadOnlyList<string>? columns, CancellationToken cancellation) =>
        RangeAsync(shard, prefix, InstanceKey.After(prefix), columns, cancellation);

    public async IAsyncEnumerable<Row> RangeAsync(
        string shard, string from, string to, IReadOnlyList<string>? columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? continuation = null;
        do
        {
            var token = continuation;
            var page = await storage.Retry.ReadAsync(() => storage.Transport.QueryAsync(shard, from, to, columns, token, cancellation), cancellation);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>The whole history of the generation a head row is in; a <see cref="FormatException"/> when it is damaged.</summary>
    public async Task<StoredInstance> CompleteAsync(InstanceRow row, CancellationToken cancellation)
    {
        var key = InstanceKey.Of(row.Head.Id);
        var columns = new List<KeyValuePair<string, string>>();
        if (row.Page > 0)
        {
            await foreach (var page in WithPrefixAsync(key.Shard, key.Pages(row.Head.Generation), null, cancellation))
            {
                columns.AddRange(EventColumns.Of(page));
            }
        }

        return new(row.Head, EventColumns.Join([.. columns, .. row.Events], row.Head, row.Units));
    }
}
