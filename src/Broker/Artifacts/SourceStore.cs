using Azure;
using BuildFunctions.Broker.Archives;
using BuildFunctions.Sources.Ignore;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>Uploaded sources: read through while they are stored, so that what is refused is never there.</summary>
public sealed class SourceStore(ArtifactContainer container, ArchiveOptions limits, TimeProvider time)
{
    public SourceStore(ArtifactContainer container)
        : this(container, ArchiveOptions.Source, TimeProvider.System)
    {
    }

    /// <param name="sha256">What the sender says the digest is, if anything.</param>
    public async Task<StoredContent> StoreAsync(Stream tarGz, string? sha256, CancellationToken cancellation)
    {
        await using var writer = new ContentWriter(container.Sources);
        await using (var archive = await ArchiveReader.OpenAsync(new RecordedStream(tarGz, writer), ArchiveKind.Source, limits, time, cancellation))
        {
            while (await archive.NextAsync(cancellation) is { } entry)
            {
                // What bf leaves out, others may send.
                if (Array.Exists(entry.Path.Split('/'), SecretFiles.IsOne))
                {
                    throw ArchiveKind.Source.Invalid(entry.Path, "may hold secrets; leave it out, and give the build what it needs with 'bf secrets set'");
                }
            }
        }

        var name = (string actual) => sha256 is null || string.Equals(sha256, actual, StringComparison.OrdinalIgnoreCase)
            ? ArtifactContainer.Source(actual)
            : throw ArchiveKind.Source.Invalid("", $"its SHA-256 is {actual} and not the declared one");
        return new(await writer.CompleteAsync(name, cancellation), writer.Length);
    }

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
}
