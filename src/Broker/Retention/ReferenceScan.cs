using System.Text.Json;
using Azure.Data.Tables;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Cache;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>
/// Reads all that refers to stored content. A reference goes from the cache to a build to a deployment and never back, so the tables are read in
/// that order: one that moves on while they are read is met later.
/// </summary>
public sealed class ReferenceScan(BrokerStorage storage, IOptions<RetentionOptions> options)
{
    internal async Task<References> ReadAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var references = new References();
        await ReadCacheAsync(references, cancellation);
        await ReadBuildsAsync(references, now, cancellation);
        await ReadDeploymentsAsync(references, cancellation);
        return references;
    }

    private async Task ReadCacheAsync(References references, CancellationToken cancellation)
    {
        await foreach (var row in storage.Cache.QueryAsync<TableEntity>(select: ["Entry"], cancellationToken: cancellation))
        {
            if (row.GetString("Entry") is { } text && Read(text) is { } entry)
            {
                references.Add(Kinds.Release, entry.Release);
                references.Add(Kinds.Build, entry.Build.ToString());
                AddArtifact(references, entry.ArtifactSha256);
            }
        }
    }

    private static CacheEntry? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, CacheJson.Default.CacheEntry);
        }
        catch (JsonException)
        {
            // A damaged entry is served to nobody and keeps nothing.
            return null;
        }
    }

    /// <summary>A build's record comes right before its source, both in the build's partition; artifacts that attempts sent have partitions of their own.</summary>
    private async Task ReadBuildsAsync(References references, DateTimeOffset now, CancellationToken cancellation)
    {
        string? open = null;
        var rows = storage.Builds.QueryAsync<TableEntity>(
            "RowKey eq 'build' or RowKey eq 'source' or RowKey eq 'artifact'", select: ["PartitionKey", "RowKey", "Build", "Order", "Source", "Sha256"], cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            if (row.GetString("Build") is { } text)
            {
                var build = JsonSerializer.Deserialize(text, ContractsJson.Default.Build)!;
                references.Add(Kinds.Record, row.PartitionKey);
                references.Add(Kinds.Release, build.Release);
                AddArtifact(references, build.ArtifactSha256);
                if (!build.Status.IsFinal())
                {
                    open = row.PartitionKey;
                    references.Add(Kinds.Source, JsonSerializer.Deserialize(row.GetString("Order"), BuildsJson.Default.BuildOrder)!.Source?.Digest);
                }
            }
            else if (row.GetString("Source") is { } source && BuildId.TryParse(row.PartitionKey, out var id)
                && (open == row.PartitionKey || now - id.CreatedAt < options.Value.Sources))
            {
                references.Add(Kinds.Source, JsonSerializer.Deserialize(source, BuildsJson.Default.ReceivedSource)!.Digest);
            }
            else
            {
                references.Add(Kinds.Artifact, row.GetString("Sha256"));
            }
        }
    }

    private async Task ReadDeploymentsAsync(References references, CancellationToken cancellation)
    {
        await foreach (var row in storage.Deployments.QueryAsync<TableEntity>(select: ["RowKey", "Release", "Build"], cancellationToken: cancellation))
        {
            references.Add(Kinds.Release, row.GetString("Release"));
            if (row.GetString("Release") is not null)
            {
                references.Add(Kinds.Build, row.GetString("Build"));
            }
        }
    }

    /// <summary>Where nothing was built, the artifact is the source.</summary>
    private static void AddArtifact(References references, string? sha256)
    {
        references.Add(Kinds.Artifact, sha256);
        references.Add(Kinds.Source, sha256);
    }
}
