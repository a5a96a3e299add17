using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace BuildFunctions.Testing.SecretScan;

/// <summary>Shows a scanner every row of every table and every blob of an account.</summary>
public static class StorageScan
{
    public static async Task LookAtStorageAsync(this SecretScanner scanner, string connectionString, Func<string, bool>? only = null)
    {
        var tables = new TableServiceClient(connectionString);
        await foreach (var table in tables.QueryAsync())
        {
            if (only?.Invoke(table.Name) is not false)
            {
                await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
                {
                    Look(scanner, table.Name, row);
                }
            }
        }

        var blobs = new BlobServiceClient(connectionString);
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            if (only?.Invoke(container.Name) is not false)
            {
                await LookAtAsync(scanner, blobs.GetBlobContainerClient(container.Name));
            }
        }
    }

    private static void Look(SecretScanner scanner, string table, TableEntity row)
    {
        var place = $"table {table}, row {row.PartitionKey} {row.RowKey}";
        scanner.Look(place, $"{row.PartitionKey}\n{row.RowKey}");
        foreach (var (column, value) in row)
        {
            scanner.Look($"{place}, column {column}", value as byte[] ?? System.Text.Encoding.UTF8.GetBytes($"{value}"));
        }
    }

    private static async Task LookAtAsync(SecretScanner scanner, BlobContainerClient container)
    {
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }))
        {
            var place = $"container {container.Name}, blob {blob.Name}";
            scanner.Look($"{place}, its name and metadata", $"{blob.Name}\n{string.Join('\n', blob.Metadata.Select(pair => $"{pair.Key}={pair.Value}"))}");
            var content = await container.GetBlobClient(blob.Name).DownloadContentAsync();
            scanner.Look(place, content.Value.Content.ToArray());
        }
    }
}
