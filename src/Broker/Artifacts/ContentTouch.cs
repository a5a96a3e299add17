using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>Says that content is needed again: a new version of the same blob, which a sweep that saw the old one does not delete.</summary>
internal static class ContentTouch
{
    /// <returns>False when it is gone.</returns>
    public static async Task<bool> TouchAsync(this BlobBaseClient blob, CancellationToken cancellation)
    {
        try
        {
            var known = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
            await blob.SetMetadataAsync(known.Metadata, new BlobRequestConditions { IfMatch = known.ETag }, cancellation);
            return true;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return false;
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            // Another's new version, made since this began, is as good as one of our own; hundreds that fought for theirs would never end.
            return await blob.ExistsAsync(cancellation);
        }
    }
}
