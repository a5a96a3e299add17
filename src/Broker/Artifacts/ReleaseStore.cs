using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>Releases as they are read: the index whole, the pack in ranges.</summary>
public sealed class ReleaseStore(ArtifactContainer container)
{
    private const string Built = "release";
    private const string PackOf = "pack";

    /// <returns>Null when there is no such release, or what is stored under its name is not it.</returns>
    public async Task<ReleaseIndex?> FindAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var answer = await Index(id).DownloadStreamingAsync(cancellationToken: cancellation);
            using var sha256 = SHA256.Create();
            await using var content = new CryptoStream(answer.Value.Content, sha256, CryptoStreamMode.Read);
            var index = await JsonSerializer.DeserializeAsync(content, ReleaseJson.Default.ReleaseIndex, cancellation);
            await content.CopyToAsync(Stream.Null, cancellation);
            return Convert.ToHexStringLower(sha256.Hash!) == id ? index : null;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One answer from storage: whole, or broken off with an exception.</summary>
    /// <exception cref="InvalidDataException">The pack is shorter than it was.</exception>
    public async Task<Stream> OpenAsync(string pack, long offset, long length, CancellationToken cancellation)
    {
        if (length == 0)
        {
            return Stream.Null;
        }

        var options = new BlobDownloadOptions { Range = new HttpRange(offset, length) };
        try
        {
            var answer = await container.Blobs.GetBlobClient(ArtifactContainer.Pack(pack)).DownloadStreamingAsync(options, cancellation);
            return answer.Value.Details.ContentLength == length ? answer.Value.Content : throw new InvalidDataException($"The pack {pack} is too short.");
        }
        catch (RequestFailedException beyond) when (beyond.Status == 416)
        {
            throw new InvalidDataException($"The pack {pack} is too short.", beyond);
        }
    }

    /// <summary>The packs of all releases, as they pass by.</summary>
    internal async IAsyncEnumerable<string> PacksAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in container.Blobs.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata, Prefix = ArtifactContainer.Releases }, cancellation))
        {
            if (blob.Metadata.TryGetValue(PackOf, out var pack))
            {
                yield return pack;
            }
            else if (await FindAsync(ArtifactContainer.ReleaseOf(blob.Name), cancellation) is { } index)
            {
                yield return index.Pack;
            }
        }
    }

    /// <summary>A release that is used again is not swept any more; pack first, so that an index that stays has one.</summary>
    /// <returns>False when it is gone.</returns>
    internal async Task<bool> TouchAsync(string id, string pack, CancellationToken cancellation) =>
        await container.Blobs.GetBlobClient(ArtifactContainer.Pack(pack)).TouchAsync(cancellation) && await Index(id).TouchAsync(cancellation);

    /// <summary>Index first: without it nobody looks for the pack.</summary>
    public async Task DeleteAsync(string id, string? pack, CancellationToken cancellation)
    {
        await Index(id).DeleteIfExistsAsync(cancellationToken: cancellation);
        if (pack is not null)
        {
            await container.Blobs.GetBlobClient(ArtifactContainer.Pack(pack)).DeleteIfExistsAsync(cancellationToken: cancellation);
        }
    }

    internal async Task<string> AddAsync(ReleaseIndex index, CancellationToken cancellation)
    {
        await using var writer = new ContentWriter(container.Blobs);
        await writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(index, ReleaseJson.Default.ReleaseIndex), cancellation);
        return await writer.CompleteAsync(ArtifactContainer.Index, cancellation, new Dictionary<string, string> { [PackOf] = index.Pack });
    }

    internal async Task<(string Id, ReleaseIndex Index)?> BuiltFromAsync(string artifact, CancellationToken cancellation)
    {
        var properties = await Artifact(artifact).GetPropertiesAsync(cancellationToken: cancellation);
        return properties.Value.Metadata.TryGetValue(Built, out var id) && await FindAsync(id, cancellation) is { } index ? (id, index) : null;
    }

    internal Task RememberAsync(string artifact, string release, CancellationToken cancellation) =>
        Artifact(artifact).SetMetadataAsync(new Dictionary<string, string> { [Built] = release }, cancellationToken: cancellation);

    private BlobClient Index(string id) => container.Blobs.GetBlobClient(ArtifactContainer.Index(id));

    private BlobClient Artifact(string sha256) => container.Blobs.GetBlobClient(ArtifactContainer.Artifact(sha256));
}
