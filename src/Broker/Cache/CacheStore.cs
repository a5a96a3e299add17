using System.Text.Json;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Cache;

/// <summary>Entries are kept for each app apart: one app's artifact is never another's.</summary>
public sealed class CacheStore(BrokerStorage storage)
{
    private const string LastKeyRow = "last";

    public async Task<CacheEntry?> FindAsync(AppName app, CacheKey key, CancellationToken cancellation)
    {
        var answer = await storage.Cache.GetEntityIfExistsAsync<TableEntity>(Partition(app), Row(key), cancellationToken: cancellation);
        return answer.HasValue ? JsonSerializer.Deserialize(answer.Value!.GetString("Entry"), CacheJson.Default.CacheEntry) : null;
    }

    public async Task AddAsync(AppName app, CacheKey key, CacheEntry entry, CancellationToken cancellation) =>
        await storage.Cache.UpsertEntityAsync(
            new TableEntity(Partition(app), Row(key)) { ["Entry"] = JsonSerializer.Serialize(entry, CacheJson.Default.CacheEntry) },
            TableUpdateMode.Replace,
            cancellation);

    public async Task RemoveAsync(AppName app, CacheKey key, CancellationToken cancellation) =>
        await storage.Cache.DeleteEntityAsync(Partition(app), Row(key), cancellationToken: cancellation);

    /// <summary>The key of the app's last build, for telling what changed; then this one takes its place.</summary>
    public async Task<CacheKey?> ExchangeLastKeyAsync(AppName app, CacheKey key, CancellationToken cancellation)
    {
        var answer = await storage.Cache.GetEntityIfExistsAsync<TableEntity>(Partition(app), LastKeyRow, cancellationToken: cancellation);
        var row = new TableEntity(Partition(app), LastKeyRow) { ["Key"] = JsonSerializer.Serialize(key, CacheJson.Default.CacheKey) };
        await storage.Cache.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        return answer.HasValue ? JsonSerializer.Deserialize(answer.Value!.GetString("Key"), CacheJson.Default.CacheKey) : null;
    }

    private static string Partition(AppName app) => app.ToString();

    private static string Row(CacheKey key) => $"k|{key.Hash}";
}
