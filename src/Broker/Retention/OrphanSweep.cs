using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Retention;

/// <summary>Logs and statements of builds that have no record any more: somebody wrote them when their build was being purged.</summary>
public sealed class OrphanSweep(BrokerStorage storage, BuildStore builds, BuildLogs logs, ProvenanceStore provenance)
{
    /// <summary>No build is told of so long after its id was made.</summary>
    private static readonly TimeSpan _settled = TimeSpan.FromDays(1);

    internal async Task RunAsync(RetentionRun run, References references, CancellationToken cancellation)
    {
        await SweepAsync(run, references, storage.Logs, Kinds.Log, logs.DeleteAsync, cancellation);
        await SweepAsync(run, references, storage.Provenance, Kinds.Provenance, provenance.DeleteAsync, cancellation);
    }

    private async Task SweepAsync(
        RetentionRun run, References references, BlobContainerClient container, string kind, Func<BuildId, CancellationToken, Task> delete, CancellationToken cancellation)
    {
        await foreach (var folder in container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", null, cancellation))
        {
            if (!BuildId.TryParse(folder.Prefix?.TrimEnd('/'), out var id)
                || run.Now - id.CreatedAt < _settled
                || references.Has(Kinds.Record, id.ToString())
                || await builds.FindAsync(id, cancellation) is not null)
            {
                continue;
            }

            if (!run.HasRoom(kind))
            {
                return;
            }

            if (!run.DryRun)
            {
                await delete(id, cancellation);
            }

            run.Removed(kind, id.ToString());
        }
    }
}
