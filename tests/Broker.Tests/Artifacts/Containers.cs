using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Testing;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Artifacts;

/// <summary>A broker's storage of its own on the shared Azurite.</summary>
internal static class Containers
{
    public static Task<BrokerStorage> StorageAsync() => StorageAsync($"t{Guid.NewGuid():N}"[..19]);

    public static async Task<BrokerStorage> StorageAsync(string prefix)
    {
        var azurite = await Azurite.SharedAsync();
        var storage = new BrokerStorage(new TableServiceClient(azurite.ConnectionString), new BlobServiceClient(azurite.ConnectionString),
            Options.Create(new StorageOptions { Prefix = prefix }));
        await storage.EnsureCreatedAsync(default);
        return storage;
    }

    public static async Task<ArtifactContainer> NewAsync() => new(await StorageAsync());

    /// <summary>Of all blobs, also of those that have only blocks which were never committed.</summary>
    public static async Task<List<string>> NamesAsync(this ArtifactContainer container)
    {
        List<string> names = [];
        foreach (var blobs in new[] { container.Blobs, container.Sources })
        {
            await foreach (var blob in blobs.GetBlobsAsync(new GetBlobsOptions { States = BlobStates.Uncommitted }))
            {
                names.Add(blob.Name);
            }
        }

        return names;
    }
}
