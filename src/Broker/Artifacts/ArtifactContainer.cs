using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>The one container of artifacts, sources and releases, and the names in it.</summary>
public sealed class ArtifactContainer(BlobServiceClient storage, string name = "artifacts")
{
    private static readonly TimeSpan _abandonedAfter = TimeSpan.FromHours(24);
    private Task? _created;

    internal BlobContainerClient Blobs { get; } = storage.GetBlobContainerClient(name);

    internal static string Artifact(string sha256) => $"artifact/{sha256}.tar.gz";

    internal static string Source(string sha256) => $"source/{sha256}.tar.gz";

    internal static string Pack(string sha256) => $"pack/{sha256}";

    internal static string Index(string sha256) => $"release/{sha256}.json";

    /// <summary>Deletes what uploads left behind that never came to their end.</summary>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await EnsureAsync(cancellation);
        var swept = 0;
        await foreach (var blob in Blobs.GetBlobsAsync(states: BlobStates.Uncommitted, prefix: ContentWriter.Staging, cancellationToken: cancellation))
        {
            // What has only uncommitted blocks bears no date; storage itself drops those after a week.
            if (now - blob.Properties.LastModified > _abandonedAfter)
            {
                await Blobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
                swept++;
            }
        }

        return swept;
    }

    internal Task EnsureAsync(CancellationToken cancellation) =>
        _created is { IsCompletedSuccessfully: true } ? _created : _created = CreateAsync(cancellation);

    private async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await Blobs.CreateIfNotExistsAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException race) when (race.ErrorCode == BlobErrorCode.ContainerBeingDeleted)
        {
            throw new Failures.TransientException(Contracts.Errors.ErrorCode.Internal, "The container is being deleted.", TimeSpan.FromSeconds(30), inner: race);
        }
    }
}
