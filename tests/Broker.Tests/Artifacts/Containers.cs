using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Testing;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Artifacts;

/// <summary>A broker's storage of its own on the shared Azurite.</summary>
internal static class Containers
{
    public static async Task<BrokerStorage> StorageAsync()
    {
        var azurite = await Azurite.SharedAsync();
        var storage = new BrokerStorage(new TableServiceClient(azurite.ConnectionString), new BlobServiceClient(azurite.ConnectionString),
            Options.Create(new StorageOptions { Prefix = $"t{Guid.NewGuid():N}"[..19] }));
        await storage.EnsureCreatedAsync(default);
        return storage;
    }

    public static async Task<ArtifactContainer> NewAsync() => new(await StorageAsync());

    public static async Task<List<string>> NamesAsync(this ArtifactContainer container)
    {
        List<string> names = [];
        foreach (var blobs in new[] { container.Blobs, container.Sources })
        {
            await foreach (var blob in blobs.GetBlobsAsync())
            {
                names.Add(blob.Name);
            }
        }

        return names;
    }
}
