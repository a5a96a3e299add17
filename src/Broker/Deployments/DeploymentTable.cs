using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>One partition an app: its deployments, the history of its switches, and the live pointer.</summary>
public sealed class DeploymentTable(BrokerStorage storage) : IDeploymentStore
{
    private readonly TableClient _table = storage.Deployments;

    public async Task AddAsync(DeploymentRecord deployment, CancellationToken cancellation)
    {
        try
        {
            await _table.AddEntityAsync(DeploymentRows.Of(deployment), cancellation);
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            // The id names the step that made it: this is that step again.
        }
    }

    public async Task<DeploymentRecord?> FindAsync(AppName app, DeploymentId id, CancellationToken cancellation) =>
        await RowAsync(app, DeploymentKeys.Of(id), cancellation) is { } row ? DeploymentRows.ToRecord(row) : null;

    public async Task<(IReadOnlyList<DeploymentRecord> Items, string? Cursor)> ListAsync(AppName app, int limit, string? cursor, CancellationToken cancellation)
    {
        var from = DeploymentId.TryParse(cursor, out var id) ? DeploymentKeys.Of(id) : DeploymentKeys.Deployments;
        var rows = await RowsAsync(app, from, DeploymentKeys.DeploymentsEnd, limit + 1, cancellation);
        var items = rows.Select(DeploymentRows.ToRecord).ToList();
        return items.Count <= limit ? (items, null) : (items[..limit], items[limit].Id.ToString());
    }

    public async Task<bool> TryKeepAsync(AppName app, DeploymentId id, bool kept, CancellationToken cancellation)
    {
        try
        {
            await _table.UpdateEntityAsync(new TableEntity(app.ToString(), DeploymentKeys.Of(id)) { [DeploymentRows.Kept] = kept }, ETag.All, TableUpdateMode.Merge, cancellation);
            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    }

    public async Task<bool> TryRemoveAsync(DeploymentRecord deployment, CancellationToken cancellation)
    {
        try
        {
            var answer = await _table.DeleteEntityAsync(deployment.App.ToString(), DeploymentKeys.Of(deployment.Id), new ETag(deployment.Version), cancellation);
            return answer.Status != 404;
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            return false;
        }
    }

    public async Task RemoveAllAsync(AppName app, CancellationToken cancellation)
    {
        await RemoveAsync(app, DeploymentKeys.History, DeploymentKeys.HistoryEnd, cancellation);
        await DropLiveAsync(app, cancellation);
        await RemoveAsync(app, DeploymentKeys.Deployments, DeploymentKeys.DeploymentsEnd, cancellation);
    }

    public async Task<LivePointer?> LiveAsync(AppName app, CancellationToken cancellation)
    {
        try
        {
            return await RowAsync(app, DeploymentKeys.Live, cancellation) is { } row ? DeploymentRows.ToPointer(row) : null;
        }
        catch (Exception damage) when (damage is InvalidOperationException or InvalidCastException)
        {
            throw new InvalidDataException($"The live pointer of {app} has a column of another type.", damage);
        }
    }

    public async Task<bool> TrySwitchAsync(LivePointer? current, LivePointer next, SwitchReason reason, CancellationToken cancellation, SwitchRequest? request = null)
    {
        var pointer = DeploymentRows.Of(next);
        var history = DeploymentRows.Of(next.App, new(next.Sequence, next.Deployment, reason, next.Build, next.SwitchedAt) { Request = request });
        try
        {
            await _table.SubmitTransactionAsync(
                [
                    current is null ? new(TableTransactionActionType.Add, pointer) : new(TableTransactionActionType.UpdateReplace, pointer, new ETag(current.Version)),
                    new(TableTransactionActionType.UpsertReplace, history),

                    // Changes nothing but the version: whoever is about to remove the deployment does not, and after a removal nothing is switched.
                    new(TableTransactionActionType.UpdateMerge, new TableEntity(next.App.ToString(), DeploymentKeys.Of(next.Deployment)), ETag.All),
                ], cancellation);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<LiveSwitch>> HistoryAsync(AppName app, int limit, CancellationToken cancellation) =>
        [.. (await RowsAsync(app, DeploymentKeys.History, DeploymentKeys.HistoryEnd, limit, cancellation)).Select(DeploymentRows.ToSwitch)];

    public IAsyncEnumerable<LiveSwitch> OldSwitchesAsync(AppName app, int newest, DateTimeOffset before, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {app.ToString()} and RowKey ge {DeploymentKeys.History} and RowKey lt {DeploymentKeys.HistoryEnd}");
        return _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).Skip(newest).Select(DeploymentRows.ToSwitch).Where(line => line.At < before);
    }

    public Task ForgetSwitchAsync(AppName app, DeploySequence sequence, CancellationToken cancellation) => DeleteAsync(app, DeploymentKeys.Of(sequence), cancellation);

    public Task DropLiveAsync(AppName app, CancellationToken cancellation) => DeleteAsync(app, DeploymentKeys.Live, cancellation);

    private async Task RemoveAsync(AppName app, string from, string end, CancellationToken cancellation)
    {
        while (await RowsAsync(app, from, end, limit: 100, cancellation) is { Count: > 0 } rows)
        {
            await _table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellation);
        }
    }

    private async Task<TableEntity?> RowAsync(AppName app, string row, CancellationToken cancellation) =>
        await _table.GetEntityIfExistsAsync<TableEntity>(app.ToString(), row, cancellationToken: cancellation) is { HasValue: true, Value: { } entity } ? entity : null;

    private async Task DeleteAsync(AppName app, string row, CancellationToken cancellation) =>
        await _table.DeleteEntityAsync(app.ToString(), row, ETag.All, cancellation);

    private async Task<List<TableEntity>> RowsAsync(AppName app, string from, string end, int limit, CancellationToken cancellation)
    {
        List<TableEntity> rows = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {app.ToString()} and RowKey ge {from} and RowKey lt {end}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, Math.Min(limit, 1000), cancellationToken: cancellation))
        {
            rows.Add(row);
            if (rows.Count == limit)
            {
                break;
            }
        }

        return rows;
    }
}
