using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Retention;

namespace BuildFunctions.Broker.Retention;

/// <summary>How much is stored, counted by the sweep and read from one row.</summary>
public sealed class StorageUsage(BrokerStorage storage, TimeProvider clock)
{
    private const string Partition = "state";
    private const string Row = "usage";

    public async Task CountAsync(CancellationToken cancellation)
    {
        List<StorageKind> kinds =
        [
            await CountAsync(Kinds.Source, storage.Sources, "", cancellation),
            await CountAsync(Kinds.Artifact, storage.Artifacts, "artifact/", cancellation),
            await CountAsync(Kinds.Release, storage.Artifacts, "release/", cancellation),
            await CountAsync(Kinds.Pack, storage.Artifacts, "pack/", cancellation),
            await CountAsync(Kinds.Log, storage.Logs, "", cancellation),
            await CountAsync(Kinds.Provenance, storage.Provenance, "", cancellation),
        ];
        var use = new StorageUse(clock.GetUtcNow(), kinds.Sum(kind => kind.Bytes), null, null, kinds);
        await storage.Retention.UpsertEntityAsync(
            new TableEntity(Partition, Row) { ["Use"] = JsonSerializer.Serialize(use, ContractsJson.Default.StorageUse) }, TableUpdateMode.Replace, cancellation);
    }

    public async Task<StorageUse> ReadAsync(CancellationToken cancellation)
    {
        var row = await storage.Retention.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellation);
        return row.HasValue ? JsonSerializer.Deserialize(row.Value!.GetString("Use"), ContractsJson.Default.StorageUse)! : new StorageUse(null, 0, null, null, []);
    }

    private static async Task<StorageKind> CountAsync(string kind, BlobContainerClient container, string prefix, CancellationToken cancellation)
    {
        var (count, bytes) = (0L, 0L);
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation))
        {
            count++;
            bytes += blob.Properties.ContentLength ?? 0;
        }

        return new StorageKind(kind, count, bytes);
    }
}
