using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>
/// Removes ended builds. A note of it comes first, then the record, with which the build is gone for whoever asks, then the rest; the note goes
/// last. A run that dies in between leaves the note, and the next one finishes.
/// </summary>
public sealed class BuildPurge(BrokerStorage storage, BuildStore builds, BuildLogs logs, ProvenanceStore provenance, IOptions<RetentionOptions> options)
{
    private const string Notes = "purge";

    internal async Task RunAsync(RetentionRun run, References references, CancellationToken cancellation)
    {
        await foreach (var note in storage.Retention.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Notes}"), cancellationToken: cancellation))
        {
            if (!run.DryRun && BuildId.TryParse(note.RowKey, out var id) && AppName.TryParse(note.GetString("App"), out var app))
            {
                await FinishAsync(run, id, app, note.GetInt32("Attempts") ?? 0, cancellation);
            }
        }

        await foreach (var id in builds.OlderThanAsync(run.Now - options.Value.Builds, cancellation))
        {
            if (await builds.FindAsync(id, cancellation) is { } build && IsDue(build, run.Now) && !references.Has(Kinds.Build, id.ToString()))
            {
                if (!run.HasRoom(Kinds.Build))
                {
                    return;
                }

                await PurgeAsync(run, build, cancellation);
            }
        }
    }

    private bool IsDue(Build build, DateTimeOffset now) => build.Status.IsFinal() && now - (build.FinishedAt ?? build.CreatedAt) > options.Value.Builds;

    private async Task PurgeAsync(RetentionRun run, Build build, CancellationToken cancellation)
    {
        if (!run.DryRun)
        {
            var note = new TableEntity(Notes, build.Id.ToString()) { ["App"] = build.App.ToString(), ["Attempts"] = build.Attempts.Count };
            await storage.Retention.UpsertEntityAsync(note, TableUpdateMode.Replace, cancellation);
            await FinishAsync(run, build.Id, build.App, build.Attempts.Count, cancellation);
            return;
        }

        run.Removed(Kinds.Build, build.Id.ToString());
    }

    private async Task FinishAsync(RetentionRun run, BuildId id, AppName app, int attempts, CancellationToken cancellation)
    {
        await builds.RemoveRecordAsync(id, cancellation);
        await logs.DeleteAsync(id, cancellation);
        await provenance.DeleteAsync(id, cancellation);
        foreach (var instance in BuildHistories.InstancesOf(id, attempts))
        {
            await run.Histories.PurgeAsync(instance, cancellation);
        }

        await builds.RemoveRestAsync(id, app, attempts, cancellation);
        await storage.Retention.DeleteEntityAsync(Notes, id.ToString(), ETag.All, cancellation);
        run.Removed(Kinds.Build, id.ToString());
    }
}
