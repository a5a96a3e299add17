using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Archives;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>What builds hand in, as it came: stored before it is looked into, named by its digest.</summary>
public sealed class ArtifactStore(ArtifactContainer container, ArchiveOptions limits, TimeProvider time)
{
    public ArtifactStore(ArtifactContainer container)
        : this(container, ArchiveOptions.Artifact, TimeProvider.System)
    {
    }

    /// <summary>Storing the same bytes again, at the same time or after a crash, ends in the same blob.</summary>
    public async Task<StoredContent> StoreAsync(Stream tarGz, CancellationToken cancellation)
    {
        await using var writer = new ContentWriter(container.Blobs);
        var input = new MeteredStream(tarGz, ArchiveKind.Artifact, limits, time);
        for (int read; (read = await input.ReadAsync(writer.Free, cancellation)) > 0;)
        {
            await writer.AdvanceAsync(read, cancellation);
        }

        return new(await writer.CompleteAsync(ArtifactContainer.Artifact, cancellation), writer.Length);
    }

    /// <summary>What <see cref="StoreAsync"/> would keep it as, within the same limits and without keeping it.</summary>
    public async Task<string> DigestAsync(Stream tarGz, CancellationToken cancellation) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(new MeteredStream(tarGz, ArchiveKind.Artifact, limits, time), cancellation));

    /// <returns>Null when it is gone. The stream is one answer from storage: whole, or broken off with an exception.</returns>
    public async Task<ContentDownload?> OpenAsync(string sha256, CancellationToken cancellation)
    {
        try
        {
            var answer = await container.Blobs.GetBlobClient(ArtifactContainer.Artifact(sha256)).DownloadStreamingAsync(cancellationToken: cancellation);
            return new(answer.Value.Content, answer.Value.Details.ContentLength);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    public async Task DeleteAsync(string sha256, CancellationToken cancellation) =>
        await container.Blobs.GetBlobClient(ArtifactContainer.Artifact(sha256)).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
}
