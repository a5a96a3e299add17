using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>Where artifacts, releases and sources are, and how they are called.</summary>
public sealed class ArtifactContainer(BrokerStorage storage)
{
    private static readonly TimeSpan _abandonedAfter = TimeSpan.FromHours(24);

    internal BlobContainerClient Blobs { get; } = storage.Artifacts;

    internal BlobContainerClient Sources { get; } = storage.Sources;

    internal static string Artifact(string sha256) => $"artifact/{sha256}.tar.gz";

    internal static string Source(string sha256) => $"source/{sha256}.tar.gz";

    internal static string Pack(string sha256) => $"pack/{sha256}";

    internal const string Releases = "release/";

    internal static string Index(string sha256) => $"{Releases}{sha256}.json";

    internal static string ReleaseOf(string blob) => Path.GetFileNameWithoutExtension(blob);

    /// <summary>Deletes what uploads left behind that never came to their end.</summary>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var swept = 0;
        foreach (var container in new[] { Blobs, Sources })
        {
            // What has only uncommitted blocks is not listed; storage itself drops those after a week.
            await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = ContentWriter.Staging }, cancellation))
            {
                if (now - blob.Properties.LastModified > _abandonedAfter)
                {
                    await container.DeleteBlobIfExistsAsync(blob.Name, DeleteSnapshotsOption.None, cancellationToken: cancellation);
                    swept++;
                }
            }
        }

        return swept;
    }
}
