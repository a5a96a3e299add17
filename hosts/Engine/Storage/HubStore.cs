using System.Collections.Concurrent;
using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Storage.Lease;
using BuildFunctions.Engine.Storage.Rows;
using BuildFunctions.Engine.Storage.Transport;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Storage;

internal sealed class HubStore(StorageContext storage, HubOwnership ownership) : IHubStore
{
    private readonly ConcurrentDictionary<string, InstanceRow> _live = new(StringComparer.Ordinal);

    // Who is replacing or removing a terminal instance; the result is whether it was removed.
    private readonly ConcurrentDictionary<string, Task<bool>> _claims = new(StringComparer.Ordinal);
    private readonly Payloads _payloads = new(storage);

    public HubReader Reader { get; } = new(storage);

    public HubPurge Purge { get; } = new(storage, new(storage), ownership);

    public bool IsLive(string instanceId) => _live.ContainsKey(instanceId);

    public async Task CommitAsync(StepCommit step, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (step.Kind is not (StepKind.Start or StepKind.Restart))
        {
            await WriteAsync(step);
            return;
        }

        var claim = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_claims.TryAdd(step.Head.Id, claim.Task))
        {
            throw new CommitRejectedException($"Instance '{step.Head.Id}' is being purged.");
        }

        try
        {
            await WriteAsync(step);
        }
        finally
        {
            _claims.TryRemove(step.Head.Id, out _);
            claim.SetResult(false);
        }
    }

    public async Task<IReadOnlyList<StoredInstance>> LoadLiveAsync(CancellationToken cancellation)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, InstanceKey.Shards).Select(shard => LoadShardAsync(InstanceKey.ShardName(shard), cancellation)));
        return [.. shards.SelectMany(instances => instances)];
    }

    public async Task<StoredInstance?> ReadAsync(string instanceId, bool withEvents, CancellationToken cancellation)
    {
        var key = InstanceKey.Of(instanceId);
        for (var attempt = 0; ; attempt++)
        {
            var row = await Reader.FindAsync(key, IsLive(instanceId), withEvents, cancellation);
            if (row is null || row.Number(HeadColumns.Purge) > 0)
            {
                return row is not null && ownership.Epoch > 0 && !await PurgeAsync(instanceId, cancellation)
                    ? await ReadAsync(instanceId, withEvents, cancellation)
                    : null;
            }

            try
            {
                return withEvents ? await Reader.CompleteAsync(InstanceRow.Of(row), cancellation) : new(HeadColumns.Decode(row), []);
            }
            catch (FormatException) when (attempt < 2)
            {
                // Its generation may have ended between the head and its pages.
            }
            catch (FormatException) when (HeadColumns.Decode(row) is { IsTerminal: true } head)
            {
                return new(head, []);
            }
        }
    }

    public async Task<InstanceHead?> ReadEndedAsync(string instanceId, CancellationToken cancellation)
    {
        var key = InstanceKey.Of(instanceId);
        return await Reader.GetAsync(key, key.Terminal, withEvents: false, cancellation) switch
        {
            null => null,
            var purging when purging.Number(HeadColumns.Purge) > 0 => (await ReadAsync(instanceId, withEvents: false, cancellation))?.Head,
            var row => HeadColumns.Decode(row),
        };
    }

    public IAsyncEnumerable<InstanceHead> QueryAsync(HeadQuery query, CancellationToken cancellation) =>
        new HubQuery(Reader).ListAsync(query, cancellation);

    public async Task<bool> PurgeAsync(string instanceId, CancellationToken cancellation)
    {
        var claim = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_claims.GetOrAdd(instanceId, claim.Task) is var earlier && earlier != claim.Task)
        {
            return await earlier;
        }

        var purged = false;
        try
        {
            purged = !IsLive(instanceId) && await Purge.PurgeAsync(InstanceKey.Of(instanceId), cancellation);
            return purged;
        }
        finally
        {
            _claims.TryRemove(instanceId, out _);
            claim.SetResult(purged);
        }
    }

    public Task<string> PutPayloadAsync(string instanceId, string text, CancellationToken cancellation)
    {
        ownership.Writer(0);
        return _payloads.PutAsync(InstanceKey.Of(instanceId), text, cancellation);
    }

    public Task<string> GetPayloadAsync(string reference, CancellationToken cancellation) => _payloads.GetAsync(reference, cancellation);

    private async Task WriteAsync(StepCommit step)
    {
        var id = step.Head.Id;
        var writer = ownership.Writer(InstanceKey.Of(id).ShardIndex);
        var plan = StepPlan.For(_live.GetValueOrDefault(id), step);
        var etag = await writer.WriteAsync(plan.Operations, mayConflict: step.Kind is StepKind.Start or StepKind.Restart);
        if (step.Head.IsTerminal)
        {
            _live.TryRemove(id, out _);
        }
        else
        {
            _live[id] = plan.Next with { ETag = etag };
        }
    }

    private async Task<List<StoredInstance>> LoadShardAsync(string shard, CancellationToken cancellation)
    {
        var instances = new List<StoredInstance>();
        await foreach (var row in Reader.WithPrefixAsync(shard, InstanceKey.LivePrefix, null, cancellation))
        {
            try
            {
                var live = InstanceRow.Of(row) is { Head.IsTerminal: false } going ? going : throw new FormatException($"Row {row.Key} is of an ended instance.");
                instances.Add(await Reader.CompleteAsync(live, cancellation));
                _live[live.Head.Id] = live;
            }
            catch (FormatException e)
            {
                instances.Add(await QuarantineAsync(row, e));
            }
        }

        return instances;
    }

    /// <summary>One damaged history must not stop the hub: the instance fails, with all its data kept for who wants to look.</summary>
    private async Task<StoredInstance> QuarantineAsync(Row row, FormatException reason)
    {
        var key = InstanceKey.OfRow(row.Key);
        var now = storage.Time.GetUtcNow();
        var head = HeadColumns.Decode(row) with
        {
            Status = OrchestrationRuntimeStatus.Failed,
            UpdatedAt = now,
            CompletedAt = now,
            Failure = HistoryJson.Write(Failures.Of("HistoryCorrupt", reason.Message)),
        };
        storage.Log.Quarantined(head.Id, reason);
        var columns = row.Columns.Concat(HeadColumns.Encode(head)).GroupBy(column => column.Key).ToDictionary(same => same.Key, same => same.Last().Value);
        await ownership.Writer(key.ShardIndex).WriteAsync(
            [RowOperation.Delete(row.Key, row.ETag), RowOperation.Insert(key.Terminal, columns)]);
        return new(head, []);
    }
}
