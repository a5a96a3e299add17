using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Artifacts;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>
/// Deletes content that nothing refers to: marked by one run, deleted by a later one when it is still unused and still the version that was
/// marked. Storing content that is there already makes a new version of it, so a delete that comes between does nothing.
/// </summary>
public sealed class BlobSweep(ArtifactContainer container, ReleaseStore releases, SweepMarks marks, IOptions<RetentionOptions> options)
{
    internal async Task RunAsync(RetentionRun run, References references, CancellationToken cancellation)
    {
        await SweepAsync(run, references, container.Sources, Kinds.Source, ArtifactContainer.Source, cancellation);
        await SweepAsync(run, references, container.Blobs, Kinds.Artifact, ArtifactContainer.Artifact, cancellation);
        await SweepAsync(run, references, container.Blobs, Kinds.Release, ArtifactContainer.Index, cancellation);

        // Which pack an index needs is read after indexes have gone: a pack goes a run later than the last index that names it.
        var packs = new References();
        await foreach (var pack in releases.PacksAsync(cancellation))
        {
            packs.Add(Kinds.Pack, pack);
        }

        await SweepAsync(run, packs, container.Blobs, Kinds.Pack, ArtifactContainer.Pack, cancellation);
    }

    private async Task SweepAsync(RetentionRun run, References references, BlobContainerClient blobs, string kind, Func<string, string> nameOf, CancellationToken cancellation)
    {
        var before = await marks.ReadAsync(kind, cancellation);
        Dictionary<string, SweepMark> after = new(StringComparer.Ordinal);
        var prefix = nameOf("")[..(nameOf("").IndexOf('/', StringComparison.Ordinal) + 1)];
        await foreach (var blob in blobs.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation))
        {
            var digest = blob.Name[prefix.Length..].Split('.')[0];
            if (references.Has(kind, digest) || run.Now - blob.Properties.LastModified < options.Value.Grace)
            {
                continue;
            }

            var known = before.TryGetValue(blob.Name, out var mark) && mark.Version == blob.Properties.ETag ? mark : null;
            if (run.DryRun || (known is not null && run.Now - known.Since >= options.Value.Grace))
            {
                if (run.HasRoom(kind) && (run.DryRun || await DeleteAsync(blobs, blob, cancellation)))
                {
                    run.Removed(kind, digest, blob.Properties.ContentLength ?? 0);
                    continue;
                }
            }

            if (after.Count < options.Value.PerRun)
            {
                after[blob.Name] = known ?? new(blob.Name, blob.Properties.ETag!.Value, run.Now);
            }
        }

        if (!run.DryRun)
        {
            await marks.ReplaceAsync(kind, before, after, cancellation);
        }
    }

    /// <returns>False where somebody stored it again, or another host was faster.</returns>
    private static async Task<bool> DeleteAsync(BlobContainerClient blobs, BlobItem blob, CancellationToken cancellation)
    {
        try
        {
            var conditions = new BlobRequestConditions { IfMatch = blob.Properties.ETag };
            return await blobs.DeleteBlobIfExistsAsync(blob.Name, DeleteSnapshotsOption.None, conditions, cancellation);
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            return false;
        }
    }
}
