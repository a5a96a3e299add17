using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>The records that people read. A change and its timeline entry are one transaction; a final status never changes.</summary>
public sealed class BuildStore(BrokerStorage storage, BuildChanges changes)
{
    private const string BuildColumn = "Build";
    private const string OrderColumn = "Order";

    /// <summary>Makes the record; the second call for the same id changes nothing.</summary>
    public async Task CreateAsync(BuildOrder order, Build build, CancellationToken cancellation)
    {
        var id = order.Id.ToString();
        var record = new TableEntity(id, BuildKeys.Record)
        {
            [BuildColumn] = Serialize(build),
            [OrderColumn] = JsonSerializer.Serialize(order, BuildsJson.Default.BuildOrder),
        };
        var created = TimelineRow(id, "created", new TimelineEntry { At = build.CreatedAt, Event = "created", Detail = build.Reason });
        await storage.Builds.UpsertEntityAsync(ListRow(BuildKeys.AllBuilds, order.Id), TableUpdateMode.Replace, cancellation);
        await storage.Builds.UpsertEntityAsync(ListRow(BuildKeys.AppList(order.App), order.Id), TableUpdateMode.Replace, cancellation);
        try
        {
            await storage.Builds.SubmitTransactionAsync(
                [new(TableTransactionActionType.Add, record), new(TableTransactionActionType.UpsertReplace, created)], cancellation);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // An earlier try of the same create got through.
        }

        changes.Notify(order.Id);
    }

    public async Task<Build?> FindAsync(BuildId id, CancellationToken cancellation) =>
        await ReadAsync(id, cancellation) is { } row ? Deserialize(row) : null;

    public async Task<BuildOrder?> FindOrderAsync(BuildId id, CancellationToken cancellation) =>
        await ReadAsync(id, cancellation) is { } row ? JsonSerializer.Deserialize(row.GetString(OrderColumn), BuildsJson.Default.BuildOrder) : null;

    /// <summary>Applies a change and, under the same key only once, the timeline entry that the state before it calls for.</summary>
    public async Task<Build> UpdateAsync(
        BuildId id, Func<Build, Build> change, string entryKey, Func<Build, TimelineEntry?> entryOf, CancellationToken cancellation)
    {
        while (true)
        {
            var row = await ReadAsync(id, cancellation) ?? throw new InvalidOperationException($"There is no record of build {id}.");
            var before = Deserialize(row);
            if (before.Status.IsFinal())
            {
                return before;
            }

            var after = change(before);
            var update = new TableEntity(row.PartitionKey, row.RowKey) { [BuildColumn] = Serialize(after) };
            List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateMerge, update, row.ETag)];
            if (entryOf(before) is { } entry)
            {
                actions.Add(new(TableTransactionActionType.UpsertReplace, TimelineRow(row.PartitionKey, entryKey, entry)));
            }

            try
            {
                await storage.Builds.SubmitTransactionAsync(actions, cancellation);
                changes.Notify(id);
                return after;
            }
            catch (RequestFailedException exception) when (exception.Status == 412)
            {
                // Somebody else changed the record between the read and the write: look again.
            }
        }
    }

    public async Task<BuildPage> ListAsync(BuildQuery query, CancellationToken cancellation)
    {
        List<Build> found = [];
        await foreach (var id in IdsAsync(query, cancellation))
        {
            if (await FindAsync(id, cancellation) is not { } build || !Matches(build, query))
            {
                continue;
            }

            found.Add(build);
            if (found.Count == query.Limit)
            {
                return new BuildPage(found, BuildKeys.NewestFirst(id));
            }
        }

        return new BuildPage(found);
    }

    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(BuildId id, CancellationToken cancellation)
    {
        List<TimelineEntry> entries = [];
        var rows = storage.Builds.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {id.ToString()} and RowKey ge {"t|"} and RowKey lt {"t}"}"), cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            entries.Add(JsonSerializer.Deserialize(row.GetString("Entry"), BuildsJson.Default.TimelineEntry)!);
        }

        return [.. entries.OrderBy(entry => entry.At)];
    }

    /// <summary>The source that counts for a build: this one, or the one that came first.</summary>
    public async Task<ReceivedSource> SetSourceAsync(BuildId id, ReceivedSource source, CancellationToken cancellation)
    {
        try
        {
            var row = new TableEntity(id.ToString(), BuildKeys.Source) { ["Source"] = JsonSerializer.Serialize(source, BuildsJson.Default.ReceivedSource) };
            await storage.Builds.AddEntityAsync(row, cancellation);
            return source;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            return await FindSourceAsync(id, cancellation) ?? source;
        }
    }

    public async Task<ReceivedSource?> FindSourceAsync(BuildId id, CancellationToken cancellation)
    {
        var answer = await storage.Builds.GetEntityIfExistsAsync<TableEntity>(id.ToString(), BuildKeys.Source, cancellationToken: cancellation);
        return answer.HasValue ? JsonSerializer.Deserialize(answer.Value!.GetString("Source"), BuildsJson.Default.ReceivedSource) : null;
    }

    /// <summary>The build that an idempotency key stands for: the given one, or the one that came first.</summary>
    public async Task<BuildId> ClaimKeyAsync(string key, BuildId id, CancellationToken cancellation)
    {
        var partition = BuildKeys.IdempotencyPartition(key);
        try
        {
            await storage.Builds.AddEntityAsync(new TableEntity(partition, "key") { ["Id"] = id.ToString() }, cancellation);
            return id;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            TableEntity row = await storage.Builds.GetEntityAsync<TableEntity>(partition, "key", cancellationToken: cancellation);
            return BuildId.TryParse(row.GetString("Id"), out var first) ? first : throw new InvalidOperationException("An idempotency row without an id.");
        }
    }

    private static bool Matches(Build build, BuildQuery query) =>
        (query.Status is null || build.Status == query.Status)
        && (query.Provider is null || build.Provider == query.Provider);

    private async IAsyncEnumerable<BuildId> IdsAsync(BuildQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var partition = query.App is { } app ? BuildKeys.AppList(app) : BuildKeys.AllBuilds;
        var rows = storage.Builds.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {query.Cursor ?? ""}"), query.Limit, cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            if (BuildId.TryParse(row.GetString("Id"), out var id))
            {
                yield return id;
            }
        }
    }

    private async Task<TableEntity?> ReadAsync(BuildId id, CancellationToken cancellation)
    {
        var answer = await storage.Builds.GetEntityIfExistsAsync<TableEntity>(id.ToString(), BuildKeys.Record, cancellationToken: cancellation);
        return answer.HasValue ? answer.Value : null;
    }

    private static TableEntity ListRow(string partition, BuildId id) => new(partition, BuildKeys.NewestFirst(id)) { ["Id"] = id.ToString() };

    private static TableEntity TimelineRow(string partition, string key, TimelineEntry entry) =>
        new(partition, BuildKeys.TimelineRow(key)) { ["Entry"] = JsonSerializer.Serialize(entry, BuildsJson.Default.TimelineEntry) };

    private static string Serialize(Build build) => JsonSerializer.Serialize(build, ContractsJson.Default.Build);

    private static Build Deserialize(TableEntity row) => JsonSerializer.Deserialize(row.GetString(BuildColumn), ContractsJson.Default.Build)!;
}
