using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Apps;

/// <summary>Which apps there are; what is live of them is the deployments' to say.</summary>
public sealed class AppStore(BrokerStorage storage, TimeProvider clock)
{
    private const string Partition = "apps";

    public async Task TouchAsync(AppName app, BuildId build, CancellationToken cancellation)
    {
        if (await FindAsync(app, cancellation) is { } known)
        {
            if (string.CompareOrdinal(known.LastBuild?.ToString(), build.ToString()) < 0)
            {
                await storage.Apps.UpsertEntityAsync(Row(app, build), TableUpdateMode.Merge, cancellation);
            }

            return;
        }

        var row = Row(app, build);
        row["CreatedAt"] = clock.GetUtcNow();
        await storage.Apps.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellation);
    }

    public async Task<AppRecord?> FindAsync(AppName app, CancellationToken cancellation)
    {
        var answer = await storage.Apps.GetEntityIfExistsAsync<TableEntity>(Partition, app.ToString(), cancellationToken: cancellation);
        return answer.HasValue ? Read(answer.Value!) : null;
    }

    public async Task<IReadOnlyList<AppRecord>> ListAsync(CancellationToken cancellation)
    {
        List<AppRecord> apps = [];
        await foreach (var row in storage.Apps.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            if (Read(row) is { } app)
            {
                apps.Add(app);
            }
        }

        return apps;
    }

    private static TableEntity Row(AppName app, BuildId build) => new(Partition, app.ToString()) { ["LastBuild"] = build.ToString() };

    private static AppRecord? Read(TableEntity row) =>
        AppName.TryParse(row.RowKey, out var name)
            ? new AppRecord(name, BuildId.TryParse(row.GetString("LastBuild"), out var build) ? build : null, row.GetDateTimeOffset("CreatedAt") ?? default)
            : null;
}
