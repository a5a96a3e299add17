using System.Collections.Concurrent;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Apps;

/// <summary>Which apps there are; what is live of them is the deployments' to say.</summary>
public sealed class AppStore(BrokerStorage storage, TimeProvider clock)
{
    private const string Partition = "apps";
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<AppName, BuildId> _lastBuilds = new();

    public async Task TouchAsync(AppName app, BuildId build, CancellationToken cancellation)
    {
        if (!_lastBuilds.TryGetValue(app, out var last) && await FindAsync(app, cancellation) is { LastBuild: { } stored })
        {
            last = stored;
        }

        if (last != default && string.CompareOrdinal(last.ToString(), build.ToString()) >= 0)
        {
            return;
        }

        var row = Row(app, build);
        if (last == default)
        {
            row["CreatedAt"] = clock.GetUtcNow();
        }

        await storage.Apps.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellation);
        if (_lastBuilds.Count >= MostKnown)
        {
            _lastBuilds.Clear();
        }

        _lastBuilds[app] = build;
    }

    /// <summary>There is no such app from here on, until a build names it again.</summary>
    public async Task RemoveAsync(AppName app, CancellationToken cancellation)
    {
        await storage.Apps.DeleteEntityAsync(Partition, app.ToString(), Azure.ETag.All, cancellation);
        _lastBuilds.TryRemove(app, out _);
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

    public Task KeepAsync(AppName app, FoundOutput found, CancellationToken cancellation) => storage.Apps.UpsertEntityAsync(
        new TableEntity(Partition, app.ToString()) { ["OutputGuess"] = found.Guess, ["FoundOutput"] = found.Folder },
        TableUpdateMode.Merge,
        cancellation);

    private static TableEntity Row(AppName app, BuildId build) => new(Partition, app.ToString()) { ["LastBuild"] = build.ToString() };

    private static AppRecord? Read(TableEntity row) =>
        AppName.TryParse(row.RowKey, out var name)
            ? new AppRecord(
                name,
                BuildId.TryParse(row.GetString("LastBuild"), out var build) ? build : null,
                row.GetDateTimeOffset("CreatedAt") ?? default,
                row.GetString("FoundOutput") is { } folder ? new FoundOutput(row.GetString("OutputGuess") ?? "", folder) : null)
            : null;
}
