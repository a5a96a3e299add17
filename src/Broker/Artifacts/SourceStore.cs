using System.Security.Cryptography;
using Azure;
using BuildFunctions.Broker.Archives;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>Uploaded sources: read and packed anew while they are stored, so that what is refused is never there, and what is there has one meaning.</summary>
/// <param name="limits">Those of the moment: they may change while the broker runs.</param>
public sealed class SourceStore(ArtifactContainer container, Func<ArchiveOptions> limits, TimeProvider time)
{
    public SourceStore(ArtifactContainer container)
        : this(container, ArchiveOptions.Source, TimeProvider.System)
    {
    }

    public SourceStore(ArtifactContainer container, ArchiveOptions limits, TimeProvider time)
        : this(container, () => limits, time)
    {
    }

    /// <param name="sha256">What the sender says the digest is, if anything.</param>
    /// <returns>The digest and length of what is kept, which the broker has packed itself; for a source that bf has packed they are the sender's.</returns>
    public async Task<StoredContent> StoreAsync(Stream tarGz, string? sha256, CancellationToken cancellation)
    {
        await using var writer = new ContentWriter(container.Sources);
        await RepackAsync(tarGz, sha256, new ContentStream(writer), cancellation);
        return new(await writer.CompleteAsync(ArtifactContainer.Source, cancellation), writer.Length);
    }

    /// <summary>What <see cref="StoreAsync"/> would keep it as, with all its checks and without keeping it.</summary>
    /// <param name="sha256">What the sender says the digest is, if anything.</param>
    public Task<string> DigestAsync(Stream tarGz, string? sha256, CancellationToken cancellation) => RepackAsync(tarGz, sha256, Stream.Null, cancellation);

    /// <returns>Null when it is gone.</returns>
    public async Task<ContentDownload?> OpenAsync(string sha256, CancellationToken cancellation)
    {
        try
        {
            var answer = await container.Sources.GetBlobClient(ArtifactContainer.Source(sha256)).DownloadStreamingAsync(cancellationToken: cancellation);
            return new(answer.Value.Content, answer.Value.Details.ContentLength);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Somebody builds it once more, so it stays.</summary>
    /// <returns>False when it is gone.</returns>
    public Task<bool> TouchAsync(string sha256, CancellationToken cancellation) => container.Sources.GetBlobClient(ArtifactContainer.Source(sha256)).TouchAsync(cancellation);

    public async Task DeleteAsync(string sha256, CancellationToken cancellation) =>
        await container.Sources.DeleteBlobIfExistsAsync(ArtifactContainer.Source(sha256), cancellationToken: cancellation);

    /// <returns>The SHA-256 of what was written, which is not the sender's unless bf has packed it.</returns>
    private async Task<string> RepackAsync(Stream tarGz, string? sha256, Stream output, CancellationToken cancellation)
    {
        using var digest = SHA256.Create();
        string packed;
        await using (var sent = new CryptoStream(tarGz, digest, CryptoStreamMode.Read, leaveOpen: true))
        {
            packed = await SourceRepacker.RepackAsync(sent, output, limits(), time, cancellation);
        }

        var actual = Convert.ToHexStringLower(digest.Hash!);
        return sha256 is null || string.Equals(sha256, actual, StringComparison.OrdinalIgnoreCase)
            ? packed
            : throw ArchiveKind.Source.Invalid("", $"its SHA-256 is {actual} and not the declared one");
    }
}
