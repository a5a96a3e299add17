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
    private const int LargestColumn = 32_000;
    private const int Batch = 20;
    private const int MostLookedAt = 1000;

    private readonly BuildLists _lists = new(storage);
    private readonly RecentRecords _recent = new();

    /// <summary>Makes the record; the second call for the same id changes nothing and gives the order that came first.</summary>
    public async Task<AcceptedBuild> CreateAsync(BuildOrder order, Build build, CancellationToken cancellation)
    {
        var id = order.Id.ToString();
        var record = new TableEntity(id, BuildKeys.Record)
        {
            [BuildColumn] = Serialize(build, out _),
            [OrderColumn] = JsonSerializer.Serialize(order, BuildsJson.Default.BuildOrder),
        };
        var created = TimelineRow(id, "created", new TimelineEntry { At = build.CreatedAt, Event = "created", Detail = build.Reason });
        await _lists.AddAsync(order, cancellation);
        try
        {
            var answers = await storage.Builds.SubmitTransactionAsync(
                [new(TableTransactionActionType.Add, record), new(TableTransactionActionType.UpsertReplace, created)], cancellation);
            _recent.Keep(order.Id, build, answers.Value[0].Headers.ETag);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // An earlier try of the same create got through, or somebody else's under the same idempotency key.
            return await FindAcceptedAsync(order.Id, cancellation) ?? new(order, build);
        }

        changes.Notify(order.Id);
        return new(order, build);
    }

    public async Task<Build?> FindAsync(BuildId id, CancellationToken cancellation) =>
        await ReadAsync(id, cancellation) is { } row ? Deserialize(row) : null;

    /// <summary>Whether the last that this host wrote of the build was not its end.</summary>
    public bool IsOpenHere(BuildId id) => _recent.Has(id);

    public async Task<AcceptedBuild?> FindAcceptedAsync(BuildId id, CancellationToken cancellation) =>
        await ReadAsync(id, cancellation) is { } row
            ? new(JsonSerializer.Deserialize(row.GetString(OrderColumn), BuildsJson.Default.BuildOrder)!, Deserialize(row)) { ChangedAt = row.Timestamp ?? default }
            : null;

    public async Task<BuildOrder?> FindOrderAsync(BuildId id, CancellationToken cancellation) =>
        await ReadAsync(id, cancellation) is { } row ? JsonSerializer.Deserialize(row.GetString(OrderColumn), BuildsJson.Default.BuildOrder) : null;

    /// <summary>For whoever was started for the build, and so after its record was made.</summary>
    public async Task<AcceptedBuild> RequireAsync(BuildId id, CancellationToken cancellation) => await FindAcceptedAsync(id, cancellation) ?? throw NoRecord(id);

    /// <summary>Takes a build off the list of open ones: its end is stored and told.</summary>
    public Task CloseAsync(BuildId id, CancellationToken cancellation) => _lists.CloseAsync(id, cancellation);

    /// <summary>Takes a line off the list of open builds that was written before <paramref name="before"/> and never became a build.</summary>
    public async Task<bool> ForgetHalfAsync(BuildId id, DateTimeOffset before, CancellationToken cancellation) =>
        await _lists.FindOpenAsync(id, cancellation) is { } line && line.Timestamp < before
        && await FindAsync(id, cancellation) is null
        && await _lists.TryForgetAsync(id, line, cancellation);

    /// <summary>Applies a change and, under the same key only once, the timeline entry that the state before it calls for.</summary>
    public async Task<Build> UpdateAsync(
        BuildId id, Func<Build, Build> change, string entryKey, Func<Build, TimelineEntry?> entryOf, CancellationToken cancellation)
    {
        while (true)
        {
            var (before, version) = _recent.Take(id)
                ?? (await ReadAsync(id, cancellation) is { } row ? (Deserialize(row), row.ETag) : throw NoRecord(id));
            if (before.Status.IsFinal())
            {
                await _lists.CloseAsync(id, cancellation);
                return before;
            }

            var after = change(before);
            var update = new TableEntity(id.ToString(), BuildKeys.Record) { [BuildColumn] = Serialize(after, out var isWhole) };
            List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateMerge, update, version)];
            if (entryOf(before) is { } entry)
            {
                actions.Add(new(TableTransactionActionType.UpsertReplace, TimelineRow(id.ToString(), entryKey, entry)));
            }

            try
            {
                var answers = await storage.Builds.SubmitTransactionAsync(actions, cancellation);
                if (isWhole && !after.Status.IsFinal())
                {
                    _recent.Keep(id, after, answers.Value[0].Headers.ETag);
                }

                changes.Notify(id);
                return after;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 412)
            {
                // Somebody else changed the record since it was read, or our own first try did: look again.
            }
        }
    }

    /// <summary>Something that is learnt of a build and changes nothing of its record, be it final or not.</summary>
    public async Task AddEntryAsync(BuildId id, string key, TimelineEntry entry, CancellationToken cancellation) =>
        await storage.Builds.UpsertEntityAsync(TimelineRow(id.ToString(), key, entry), TableUpdateMode.Replace, cancellation);

    /// <summary>A page ends when it is full or when enough was looked at; its cursor goes on from there.</summary>
    public async Task<BuildPage> ListAsync(BuildQuery query, CancellationToken cancellation)
    {
        List<Build> found = [];
        var seen = 0;
        await foreach (var ids in _lists.ReadAsync(PartitionOf(query), query.Cursor, query.Limit, cancellation, query.Begins).Chunk(Batch).WithCancellation(cancellation))
        {
            foreach (var (id, build) in ids.Zip(await Task.WhenAll(ids.Select(id => FindAsync(id, cancellation)))))
            {
                seen++;
                if (build is not null && Matches(build, query))
                {
                    found.Add(build);
                }

                if (found.Count == query.Limit || seen == MostLookedAt)
                {
                    return new BuildPage(found, BuildKeys.NewestFirst(id));
                }
            }
        }

        return new BuildPage(found);
    }

    /// <summary>The builds that have not ended, newest first; some of them may have, a moment ago.</summary>
    public IAsyncEnumerable<BuildId> OpenAsync(CancellationToken cancellation) => _lists.ReadOpenAsync(cancellation);

    public Task<IReadOnlyList<BuildId>> OpenOfAsync(AppName app, CancellationToken cancellation) => _lists.OpenOfAsync(app, cancellation);

    internal ValueTask<OpenBuilds> OpenKnownAsync(CancellationToken cancellation) => _lists.KnownAsync(cancellation);

    /// <summary>Newest first. Some of them may be gone.</summary>
    public IAsyncEnumerable<BuildId> OlderThanAsync(DateTimeOffset time, CancellationToken cancellation) =>
        _lists.ReadAsync(BuildKeys.AllBuilds, BuildKeys.NewestFirst(BuildId.Create(time, new byte[10])), 1000, cancellation);

    /// <summary>From here on there is no such build; what else is stored of it, <see cref="RemoveRestAsync"/> removes.</summary>
    public async Task RemoveRecordAsync(BuildId id, CancellationToken cancellation) =>
        await storage.Builds.DeleteEntityAsync(id.ToString(), BuildKeys.Record, ETag.All, cancellation);

    public async Task RemoveRestAsync(BuildId id, AppName app, int attempts, CancellationToken cancellation)
    {
        foreach (var partition in Enumerable.Range(1, attempts).Select(attempt => $"sent|{id}-{attempt}").Prepend(id.ToString()))
        {
            List<TableTransactionAction> rows = [];
            await foreach (var row in storage.Builds.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
            {
                rows.Add(new(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, row.RowKey), ETag.All));
            }

            foreach (var batch in rows.Chunk(100))
            {
                await storage.Builds.SubmitTransactionAsync(batch, cancellation);
            }
        }

        await _lists.RemoveAsync(id, app, cancellation);
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

        entries.Sort((one, other) => one.At.CompareTo(other.At));
        return [.. entries.Select((entry, place) => place + 1 < entries.Count ? entry with { Duration = Math.Round((entries[place + 1].At - entry.At).TotalSeconds, 3) } : entry)];
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

    /// <summary>What an idempotency key stands for: the given claim, or the one that came first.</summary>
    public async Task<KeyClaim> ClaimKeyAsync(string key, KeyClaim claim, CancellationToken cancellation)
    {
        try
        {
            var row = new TableEntity(BuildKeys.IdempotencyPartition(key), BuildKeys.Key) { ["Id"] = claim.Build.ToString(), ["Request"] = claim.Request };
            await storage.Builds.AddEntityAsync(row, cancellation);
            return claim;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            return await FindKeyAsync(key, cancellation) ?? claim;
        }
    }

    public async Task<KeyClaim?> FindKeyAsync(string key, CancellationToken cancellation)
    {
        var answer = await storage.Builds.GetEntityIfExistsAsync<TableEntity>(BuildKeys.IdempotencyPartition(key), BuildKeys.Key, cancellationToken: cancellation);
        return answer.HasValue && BuildId.TryParse(answer.Value!.GetString("Id"), out var build) ? new KeyClaim(build, answer.Value.GetString("Request")) : null;
    }

    private static string PartitionOf(BuildQuery query) =>
        (query.App ?? (query.Apps is [var only] ? only : null)) is { } app ? BuildKeys.AppList(app) : query.Status is { } status && !status.IsFinal() ? BuildKeys.OpenBuilds : BuildKeys.AllBuilds;

    private static bool Matches(Build build, BuildQuery query) =>
        (query.Apps is null || query.Apps.Contains(build.App))
        && (query.Status is null || build.Status == query.Status)
        && (query.Provider is null || build.Provider == query.Provider);

    private async Task<TableEntity?> ReadAsync(BuildId id, CancellationToken cancellation)
    {
        var answer = await storage.Builds.GetEntityIfExistsAsync<TableEntity>(id.ToString(), BuildKeys.Record, cancellationToken: cancellation);
        return answer.HasValue ? answer.Value : null;
    }

    private static InvalidOperationException NoRecord(BuildId id) => new($"There is no record of build {id}.");

    private static TableEntity TimelineRow(string partition, string key, TimelineEntry entry) =>
        new(partition, BuildKeys.TimelineRow(key)) { ["Entry"] = JsonSerializer.Serialize(entry, BuildsJson.Default.TimelineEntry) };

    private static string Serialize(Build build, out bool isWhole)
    {
        var text = JsonSerializer.Serialize(build, ContractsJson.Default.Build);
        isWhole = text.Length <= LargestColumn;
        return isWhole ? text : JsonSerializer.Serialize(BuildDigest.Of(build), ContractsJson.Default.Build);
    }

    private static Build Deserialize(TableEntity row) => JsonSerializer.Deserialize(row.GetString(BuildColumn), ContractsJson.Default.Build)!;
}
