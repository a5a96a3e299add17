using Azure.Storage.Blobs;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Testing;

namespace BuildFunctions.Broker.Tests.Artifacts;

internal static class Containers
{
    public static async Task<ArtifactContainer> NewAsync()
    {
        var azurite = await Azurite.SharedAsync();
        return new(new BlobServiceClient(azurite.ConnectionString), $"t{Guid.NewGuid():N}");
    }

    public static async Task<List<string>> NamesAsync(this ArtifactContainer container)
    {
        List<string> names = [];
        await foreach (var blob in container.Blobs.GetBlobsAsync())
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
