using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Provenance;

/// <summary>The envelopes of each build, as bytes: what was signed is never written anew. The first of each kind stays.
/// A row under the artifact's digest leads to it: written before the envelope and deleted before it, so that it may lead nowhere but never lacks.</summary>
public sealed class ProvenanceStore(BrokerStorage storage)
{
    public Task<BinaryData?> FindAsync(BuildId build, CancellationToken cancellation) => ReadAsync(Artifact(build), cancellation);

    public Task<BinaryData?> FindReuseAsync(BuildId build, CancellationToken cancellation) => ReadAsync(Reuse(build), cancellation);

    /// <returns>False where there was one before.</returns>
    public async Task<bool> AddAsync(BuildId build, AppName app, string sha256, BinaryData envelope, CancellationToken cancellation)
    {
        await storage.Builds.UpsertEntityAsync(new TableEntity(Partition(sha256), build.ToString()) { ["App"] = app.ToString() }, TableUpdateMode.Replace, cancellation);
        return await WriteAsync(Artifact(build), envelope, cancellation);
    }

    /// <summary>The builds whose artifact has these bytes.</summary>
    public async IAsyncEnumerable<(BuildId Build, AppName App)> MadeByAsync(string sha256, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in storage.Builds.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition(sha256)}"), cancellationToken: cancellation))
        {
            if (BuildId.TryParse(row.RowKey, out var build) && AppName.TryParse(row.GetString("App"), out var app))
            {
                yield return (build, app);
            }
        }
    }

    public Task<bool> AddReuseAsync(BuildId build, BinaryData envelope, CancellationToken cancellation) => WriteAsync(Reuse(build), envelope, cancellation);

    public async Task DeleteAsync(BuildId build, CancellationToken cancellation)
    {
        if (await FindAsync(build, cancellation) is { } envelope)
        {
            foreach (var sha256 in Statements.DigestsIn(envelope))
            {
                await storage.Builds.DeleteEntityAsync(Partition(sha256), build.ToString(), ETag.All, cancellation);
            }
        }

        foreach (var name in new[] { Artifact(build), Reuse(build) })
        {
            await storage.Provenance.DeleteBlobIfExistsAsync(name, cancellationToken: cancellation);
        }
    }

    private static string Partition(string sha256) => $"artifact|{sha256}";

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
