using Azure.Data.Tables;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>The engine's histories of ended builds go before their records do. Ids sort by time: how far it came is one id.</summary>
public sealed class BuildHistories(BrokerStorage storage, BuildStore builds, IOptions<RetentionOptions> options)
{
    private const string Partition = "state";
    private const string Row = "histories";

    public static IEnumerable<string> InstancesOf(BuildId build, int attempts) =>
        Enumerable.Range(1, attempts).Select(number => new RunId(build, number).ToString()).Prepend(build.ToString());

    internal async Task RunAsync(RetentionRun run, CancellationToken cancellation)
    {
        var cutoff = run.Now - options.Value.Histories;
        var done = await storage.Retention.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellation);
        var from = done.HasValue && BuildId.TryParse(done.Value!.GetString("Build"), out var last) ? last : (BuildId?)null;

        // Newest first is how they are listed; the oldest that are left come first here, so that one id says how far it came.
        List<BuildId> due = [];
        await foreach (var id in builds.OlderThanAsync(cutoff, cancellation))
        {
            if (from is { } reached && string.CompareOrdinal(id.ToString(), reached.ToString()) <= 0)
            {
                break;
            }

            due.Add(id);
        }

        due.Reverse();
        foreach (var id in due.TakeWhile(_ => run.HasRoom(Kinds.History)))
        {
            if (await builds.FindAsync(id, cancellation) is { } build)
            {
                if (!build.Status.IsFinal())
                {
                    return;
                }

                await PurgeAsync(run, build, cancellation);
            }
        }
    }

    private async Task PurgeAsync(RetentionRun run, Build build, CancellationToken cancellation)
    {
        run.Removed(Kinds.History, build.Id.ToString());
        if (!run.DryRun)
        {
            foreach (var instance in InstancesOf(build.Id, build.Attempts.Count))
            {
                await run.Histories.PurgeAsync(instance, cancellation);
            }

            await storage.Retention.UpsertEntityAsync(new TableEntity(Partition, Row) { ["Build"] = build.Id.ToString() }, TableUpdateMode.Replace, cancellation);
        }
    }
}
