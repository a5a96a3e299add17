using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>
/// Which builds there are: all, those of each app, and those that have not ended. Their rows are written before the record and the open one is
/// deleted after its end, so a list may name too many builds and never too few.
/// </summary>
internal sealed class BuildLists(BrokerStorage storage)
{
    private readonly SemaphoreSlim _firstLook = new(1, 1);
    private bool _looked;

    public OpenBuilds Open { get; } = new();

    public Task AddAsync(BuildOrder order, CancellationToken cancellation) => Task.WhenAll(
        new[] { BuildKeys.AllBuilds, BuildKeys.AppList(order.App), BuildKeys.OpenBuilds }.Select(partition =>
            storage.Builds.UpsertEntityAsync(
                new TableEntity(partition, BuildKeys.NewestFirst(order.Id)) { ["Id"] = order.Id.ToString(), ["App"] = order.App.ToString() },
                TableUpdateMode.Replace,
                cancellation)));

    public Task RemoveAsync(BuildId id, AppName app, CancellationToken cancellation) => Task.WhenAll(
        new[] { BuildKeys.OpenBuilds, BuildKeys.AppList(app), BuildKeys.AllBuilds }.Select(partition =>
            storage.Builds.DeleteEntityAsync(partition, BuildKeys.NewestFirst(id), Azure.ETag.All, cancellation)));

    public async Task CloseAsync(BuildId id, CancellationToken cancellation)
    {
        await storage.Builds.DeleteEntityAsync(BuildKeys.OpenBuilds, BuildKeys.NewestFirst(id), Azure.ETag.All, cancellation);
        Open.Remove(id, ended: true);
    }

    public async Task<TableEntity?> FindOpenAsync(BuildId id, CancellationToken cancellation)
    {
        var line = await storage.Builds.GetEntityIfExistsAsync<TableEntity>(BuildKeys.OpenBuilds, BuildKeys.NewestFirst(id), cancellationToken: cancellation);
        return line.HasValue ? line.Value : null;
    }

    /// <summary>False where the line was written again since it was read: somebody is about to make the build after all.</summary>
    public async Task<bool> TryForgetAsync(BuildId id, TableEntity line, CancellationToken cancellation)
    {
        try
        {
            await storage.Builds.DeleteEntityAsync(line.PartitionKey, line.RowKey, line.ETag, cancellation);
            Open.Remove(id, ended: false);
            return true;
        }
        catch (Azure.RequestFailedException written) when (written.Status == 412)
        {
            return false;
        }
    }

    /// <summary>After a start it takes one look at the list to know what is open.</summary>
    public async ValueTask<OpenBuilds> KnownAsync(CancellationToken cancellation)
    {
        if (!Volatile.Read(ref _looked))
        {
            await _firstLook.WaitAsync(cancellation);
            try
            {
                await ReadOpenAsync(cancellation).LastOrDefaultAsync(cancellation);
            }
            finally
            {
                _firstLook.Release();
            }
        }

        return Open;
    }

    public async IAsyncEnumerable<BuildId> ReadOpenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var before = Open.Snapshot();
        HashSet<BuildId> stored = [];
        await foreach (var id in ReadAsync(BuildKeys.OpenBuilds, null, 1000, cancellation))
        {
            stored.Add(id);
            yield return id;
        }

        Open.Align(before, stored);
        Volatile.Write(ref _looked, true);
    }

    public async Task<IReadOnlyList<BuildId>> OpenOfAsync(AppName app, CancellationToken cancellation)
    {
        List<BuildId> open = [];
        var rows = storage.Builds.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {BuildKeys.OpenBuilds} and App eq {app.ToString()}"), cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            if (BuildId.TryParse(row.GetString("Id"), out var id))
            {
                open.Add(id);
            }
        }

        return open;
    }

    /// <param name="after">The row that the last page ended with.</param>
    /// <param name="begins">Of the ids; null for all.</param>
    public async IAsyncEnumerable<BuildId> ReadAsync(
        string partition, string? after, int page, [EnumeratorCancellation] CancellationToken cancellation, string? begins = null)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after ?? ""}");
        if (begins is not null)
        {
            var from = BuildKeys.NewestFirst(begins);
            filter += $" and {TableClient.CreateQueryFilter($"RowKey ge {from} and RowKey lt {from + "~"}")}";
        }

        var rows = storage.Builds.QueryAsync<TableEntity>(filter, page, cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            if (BuildId.TryParse(row.GetString("Id"), out var id))
            {
                yield return id;
            }
        }
    }
}
