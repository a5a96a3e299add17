using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Cache;

/// <summary>Entries are kept for each app apart: one app's artifact is never another's.</summary>
public sealed class CacheStore(BrokerStorage storage, CacheSeal seal, TimeProvider clock)
{
    private const string HistoryRow = "last";
    private const string EntryPrefix = "k|";

    private readonly ConcurrentDictionary<(AppName App, string Key), DateTimeOffset> _uses = new();

    /// <returns>The entry, or why the one that is stored is not to be trusted.</returns>
    public async Task<(CacheEntry? Entry, string? Fault)> FindAsync(AppName app, CacheKey key, CancellationToken cancellation)
    {
        var answer = await storage.Cache.GetEntityIfExistsAsync<TableEntity>(Partition(app), Row(key.Hash), cancellationToken: cancellation);
        if (!answer.HasValue)
        {
            return (null, null);
        }

        var text = answer.Value!.GetString("Entry") ?? "";
        return await seal.IsOursAsync(app, key.Hash, text, answer.Value.GetBinary("Seal"), cancellation)
            ? (JsonSerializer.Deserialize(text, CacheJson.Default.CacheEntry), null)
            : (null, "the cached entry was not written by this broker");
    }

    public async Task AddAsync(AppName app, CacheKey key, CacheEntry entry, CancellationToken cancellation)
    {
        var text = JsonSerializer.Serialize(entry, CacheJson.Default.CacheEntry);
        var row = new TableEntity(Partition(app), Row(key.Hash))
        {
            ["Entry"] = text,
            ["Seal"] = await seal.SignAsync(app, key.Hash, text, cancellation),
            ["Release"] = entry.Release,
            ["Build"] = entry.Build.ToString(),
            ["Bytes"] = entry.Bytes,
            ["UsedAt"] = clock.GetUtcNow(),
        };
        await storage.Cache.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    public async Task RemoveAsync(AppName app, string key, CancellationToken cancellation) =>
        await storage.Cache.DeleteEntityAsync(Partition(app), Row(key), cancellationToken: cancellation);

    /// <summary>Remembered here and written down by the sweep: a hit waits for no write, and a use that a crash forgets only makes an entry seem older.</summary>
    public void Use(AppName app, CacheKey key) => _uses[(app, key.Hash)] = clock.GetUtcNow();

    /// <summary>The key of the app's build before this one; the same however often a build asks.</summary>
    public async Task<BuildKey?> RememberKeyAsync(AppName app, BuildKey key, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await storage.Cache.GetEntityIfExistsAsync<TableEntity>(Partition(app), HistoryRow, cancellationToken: cancellation);
            var known = answer.HasValue && answer.Value!.GetString("Keys") is { } text ? JsonSerializer.Deserialize(text, CacheJson.Default.KeyHistory)! : new([]);
            var next = known.With(key);
            if (next == known)
            {
                return known.Before(key.Build);
            }

            var row = new TableEntity(Partition(app), HistoryRow) { ["Keys"] = JsonSerializer.Serialize(next, CacheJson.Default.KeyHistory) };
            try
            {
                await (answer.HasValue
                    ? storage.Cache.UpdateEntityAsync(row, answer.Value!.ETag, TableUpdateMode.Replace, cancellation)
                    : storage.Cache.AddEntityAsync(row, cancellation));
                return known.Before(key.Build);
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
            {
                // Another build of the app came in between, or our own lost first try did: look again.
            }
        }
    }

    /// <param name="app">Null for all apps.</param>
    public async IAsyncEnumerable<StoredEntry> ListAsync(AppName? app, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = app is { } one
            ? TableClient.CreateQueryFilter($"PartitionKey eq {Partition(one)} and RowKey ge {EntryPrefix} and RowKey lt {"k}"}")
            : TableClient.CreateQueryFilter($"RowKey ge {EntryPrefix} and RowKey lt {"k}"}");
        await foreach (var row in storage.Cache.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey", "Release", "Build", "Bytes", "UsedAt"], cancellationToken: cancellation))
        {
            if (AppName.TryParse(row.PartitionKey, out var name))
            {
                var key = row.RowKey[EntryPrefix.Length..];
                var used = row.GetDateTimeOffset("UsedAt") ?? default;
                yield return new StoredEntry(
                    name,
                    key,
                    row.GetString("Release") ?? "",
                    BuildId.TryParse(row.GetString("Build"), out var build) ? build : null,
                    row.GetInt64("Bytes") ?? 0,
                    _uses.TryGetValue((name, key), out var later) && later > used ? later : used);
            }
        }
    }

    public async Task WriteUsesAsync(CancellationToken cancellation)
    {
        foreach (var ((app, key), at) in _uses)
        {
            try
            {
                await storage.Cache.UpdateEntityAsync(
                    new TableEntity(Partition(app), Row(key)) { ["UsedAt"] = at }, ETag.All, TableUpdateMode.Merge, cancellation);
            }
            catch (RequestFailedException gone) when (gone.Status == 404)
            {
                // Cleared since it was used.
            }

            _uses.TryRemove(KeyValuePair.Create((app, key), at));
        }
    }

    private static string Partition(AppName app) => app.ToString();

    private static string Row(string key) => EntryPrefix + key;
}
