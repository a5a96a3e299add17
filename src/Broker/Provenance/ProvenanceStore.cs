using Azure;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Provenance;

/// <summary>The envelopes of each build, as bytes: what was signed is never written anew. The first of each kind stays.</summary>
public sealed class ProvenanceStore(BrokerStorage storage)
{
    public Task<BinaryData?> FindAsync(BuildId build, CancellationToken cancellation) => ReadAsync(Artifact(build), cancellation);

    public Task<BinaryData?> FindReuseAsync(BuildId build, CancellationToken cancellation) => ReadAsync(Reuse(build), cancellation);

    public Task<bool> AddAsync(BuildId build, BinaryData envelope, CancellationToken cancellation) => WriteAsync(Artifact(build), envelope, cancellation);

    public Task<bool> AddReuseAsync(BuildId build, BinaryData envelope, CancellationToken cancellation) => WriteAsync(Reuse(build), envelope, cancellation);

    public async Task DeleteAsync(BuildId build, CancellationToken cancellation)
    {
        foreach (var name in new[] { Artifact(build), Reuse(build) })
        {
            await storage.Provenance.DeleteBlobIfExistsAsync(name, cancellationToken: cancellation);
        }
    }

    private static string Artifact(BuildId build) => $"{build}/artifact.dsse.json";

    private static string Reuse(BuildId build) => $"{build}/reuse.dsse.json";

    private async Task<BinaryData?> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return (await storage.Provenance.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <returns>False where there was one before.</returns>
    private async Task<bool> WriteAsync(string name, BinaryData envelope, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/vnd.dsse.envelope.v1+json" },
        };
        try
        {
            await storage.Provenance.GetBlobClient(name).UploadAsync(envelope, options, cancellation);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412)
        {
            return false;
        }
    }
}
