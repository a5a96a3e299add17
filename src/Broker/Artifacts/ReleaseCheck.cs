using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>
/// Whether a release is still what it was when it was made: its index and its pack have the digests that they are named by. A pack is read once and
/// known by its version after that. What is damaged is deleted, so that the same content can be stored again.
/// </summary>
public sealed class ReleaseCheck(ArtifactContainer container, ReleaseStore releases)
{
    private const int ReadBytes = 256 << 10;
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<string, ETag> _intact = new(StringComparer.Ordinal);

    /// <returns>What is wrong with it, or null.</returns>
    public async Task<string?> FaultOfAsync(string release, CancellationToken cancellation)
    {
        if (await releases.FindAsync(release, cancellation) is not { } index)
        {
            await releases.DeleteAsync(release, pack: null, cancellation);
            return "its table of contents is gone or damaged";
        }

        if (await IsIntactAsync(index.Pack, cancellation))
        {
            return null;
        }

        await releases.DeleteAsync(release, index.Pack, cancellation);
        return "its files are gone or damaged";
    }

    private async Task<bool> IsIntactAsync(string sha256, CancellationToken cancellation)
    {
        try
        {
            return await IsIntactAsync(sha256, container.Blobs.GetBlobClient(ArtifactContainer.Pack(sha256)), cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return false;
        }
    }

    private async Task<bool> IsIntactAsync(string sha256, BlobClient pack, CancellationToken cancellation)
    {
        if (_intact.TryGetValue(sha256, out var version) && (await pack.GetPropertiesAsync(cancellationToken: cancellation)).Value.ETag == version)
        {
            return true;
        }

        var answer = await pack.DownloadStreamingAsync(cancellationToken: cancellation);
        await using var content = answer.Value.Content;
        if (await DigestAsync(content, cancellation) != sha256)
        {
            return false;
        }

        if (_intact.Count >= MostKnown)
        {
            _intact.Clear();
        }

        _intact[sha256] = answer.Value.Details.ETag;
        return true;
    }

    private static async Task<string> DigestAsync(Stream content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
