using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BuildFunctions.Testing;

namespace BuildFunctions.Functions.Tests.Hosting;

internal static class StoredBytes
{
    /// <summary>What the broker and its engine have in storage, in tables and blobs, names not counted.</summary>
    public static async Task<long> StoredBytesAsync(this BrokerHost host)
    {
        var connection = (await Azurite.SharedAsync()).ConnectionString;
        var bytes = 0L;
        var tables = new TableServiceClient(connection);
        await foreach (var table in tables.QueryAsync())
        {
            if (table.Name.StartsWith(host.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
                {
                    bytes += row.Sum(column => SizeOf(column.Value));
                }
            }
        }

        var blobs = new BlobServiceClient(connection);
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            if (container.Name.StartsWith(host.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                await foreach (var blob in blobs.GetBlobContainerClient(container.Name).GetBlobsAsync())
                {
                    bytes += blob.Properties.ContentLength ?? 0;
                }
            }
        }

        return bytes;
    }

    private static long SizeOf(object? value) => value switch
    {
        string text => 2L * text.Length,
        byte[] binary => binary.Length,
        null => 0,
        _ => 8,
    };
}
