using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Broker.Reconciliation;

/// <summary>The runs that the sweep goes on ending until their provider says that they have.</summary>
public sealed class StrayRuns(BrokerStorage storage, TimeProvider clock)
{
    private const string Partition = "stray-runs";

    public async Task AddAsync(RunId run, RunHandle handle, CancellationToken cancellation)
    {
        var row = new TableEntity(Partition, run.ToString())
        {
            ["Handle"] = JsonSerializer.Serialize(handle, ReconciliationJson.Default.RunHandle),
            ["Since"] = clock.GetUtcNow(),
        };
        await storage.Builds.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    public async Task<IReadOnlyList<StrayRun>> ReadAsync(CancellationToken cancellation)
    {
        List<StrayRun> strays = [];
        await foreach (var row in storage.Builds.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            if (RunId.TryParse(row.RowKey, out var run))
            {
                strays.Add(new StrayRun(run, JsonSerializer.Deserialize(row.GetString("Handle"), ReconciliationJson.Default.RunHandle)!, row.GetDateTimeOffset("Since") ?? default));
            }
        }

        return strays;
    }

    public async Task RemoveAsync(RunId run, CancellationToken cancellation) =>
        await storage.Builds.DeleteEntityAsync(Partition, run.ToString(), ETag.All, cancellation);
}
