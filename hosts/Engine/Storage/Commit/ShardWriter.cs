using System.Threading.Channels;
using BuildFunctions.Engine.Storage.Lease;
using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage.Commit;

/// <summary>
/// Writes one shard: takes everything that waits into one transaction behind the fence row, sends it once, and when it cannot tell what became
/// of it reads the fence. A batch is sent again only after the fence has shown that it was not applied.
/// </summary>
internal sealed class ShardWriter
{
    private const int MaximumConflicts = 3;

    private readonly Channel<PendingWrite> _queue = Channel.CreateUnbounded<PendingWrite>(new() { SingleReader = true });
    private readonly string _shard;
    private readonly HubLease _lease;
    private readonly StorageContext _storage;
    private Fence _fence;
    private PendingWrite? _next;

    public ShardWriter(string shard, Fence fence, HubLease lease, StorageContext storage)
    {
        (_shard, _fence, _lease, _storage) = (shard, fence, lease, storage);
        Completion = RunAsync();
    }

    /// <summary>Ends when the writer was stopped and has written what was waiting, or has lost the shard.</summary>
    public Task Completion { get; }

    /// <summary>Completes when the operations are durable; they cannot be taken back.</summary>
    /// <param name="operations">The last is on the row whose new ETag is returned (null when it is not known).</param>
    /// <param name="mayConflict">Whether a row that is there, or is not, is an answer instead of damage.</param>
    public Task<string?> WriteAsync(IReadOnlyList<RowOperation> operations, bool mayConflict = false)
    {
        var write = new PendingWrite(operations, mayConflict);
        return _queue.Writer.TryWrite(write) ? write.Durable : throw new FencedException("This process does not own the hub any more.", _lease.Loss!);
    }

    public void Stop() => _queue.Writer.TryComplete();

    private async Task RunAsync()
    {
        while (_next is not null || await _queue.Reader.WaitToReadAsync())
        {
            var batch = TakeBatch();
            try
            {
                await CommitAsync(batch);
            }
            catch (Exception e)
            {
                Lose(e, batch);
                return;
            }
        }
    }

    private void Lose(Exception reason, List<PendingWrite> batch)
    {
        _lease.Lose(reason);
        Stop();
        var fenced = reason as FencedException ?? new FencedException("The hub's storage is not as this process left it.", reason);
        batch.ForEach(write => write.Fail(fenced));
        _next?.Fail(fenced);
        while (_queue.Reader.TryRead(out var write))
        {
            write.Fail(fenced);
        }
    }

    private List<PendingWrite> TakeBatch()
    {
        var batch = new List<PendingWrite>();
        var (operations, cost, keys) = (1, 1000, new HashSet<string>(StringComparer.Ordinal));
        while (_next is not null || _queue.Reader.TryRead(out _next))
        {
            (operations, cost) = (operations + _next.Operations.Count, cost + _next.Cost);
            var fits = operations <= RowBudget.TransactionOperations && cost <= RowBudget.TransactionBytes;
            if (batch.Count > 0 && (!fits || _next.Operations.Any(operation => keys.Contains(operation.Key))))
            {
                break;
            }

            keys.UnionWith(_next.Operations.Select(operation => operation.Key));
            batch.Add(_next);
            _next = null;
        }

        return batch;
    }

    private async Task CommitAsync(List<PendingWrite> batch)
    {
        var fence = _fence.Advance(_storage.NewId());
        for (var (attempt, conflicts) = (0, 0); ; attempt++)
        {
            TransportException failure;
            try
            {
                await _lease.WaitUntilGoodAsync();
                var etags = await SendAsync(fence, batch);
                Applied(fence with { ETag = etags[0] }, batch, etags);
                return;
            }
            catch (TransportException e)
            {
                failure = e;
            }

            if (failure.IsRefusal && attempt == 0)
            {
                await CommitOneByOneAsync(batch, failure);
                return;
            }

            if (await ResolveAsync(fence, failure) is { } known)
            {
                Applied(known, batch, null);
                return;
            }

            conflicts += failure.IsConflict || failure.IsRefusal ? 1 : 0;
            if (conflicts == MaximumConflicts)
            {
                await CommitOneByOneAsync(batch, failure);
                return;
            }

            fence = fence with { ETag = _fence.ETag };
            await _storage.Retry.DelayAsync(attempt, CancellationToken.None);
        }
    }

    private Task<IReadOnlyList<string?>> SendAsync(Fence fence, List<PendingWrite> batch) => _storage.Transport.TransactAsync(
        _shard, [fence.Renew(), .. batch.SelectMany(write => write.Operations)], CancellationToken.None);

    private void Applied(Fence fence, List<PendingWrite> batch, IReadOnlyList<string?>? etags)
    {
        _fence = fence;
        var row = 0;
        foreach (var write in batch)
        {
            row += write.Operations.Count;
            write.Apply(etags?[row]);
        }
    }

    /// <summary>Finds the write that cannot be applied. A row that is not as this owner left it is nobody's mistake but storage's: that ends the ownership.</summary>
    private async Task CommitOneByOneAsync(List<PendingWrite> batch, TransportException failure)
    {
        if (batch is not [var single])
        {
            foreach (var write in batch)
            {
                await CommitAsync([write]);
            }
        }
        else if (failure.IsRefusal || single.MayConflict)
        {
            _storage.Log.StepRejected(_shard, single.Operations[0].Key, failure);
            single.Fail(new CommitRejectedException($"Storage does not take {single.Operations[0].Key}.", failure));
        }
        else
        {
            throw new FencedException($"Row {single.Operations[0].Key} is not as this owner wrote it.", failure);
        }
    }

    /// <summary>The fence in storage when <paramref name="sent"/> was applied, null when it was not.</summary>
    private async Task<Fence?> ResolveAsync(Fence sent, Exception failure)
    {
        for (var attempt = 0; ; attempt++)
        {
            _lease.ThrowIfLost();
            try
            {
                var row = await _storage.Transport.GetAsync(_shard, Fence.Key, null, CancellationToken.None)
                    ?? throw new FencedException($"The fence of shard {_shard} is gone: the hub was deleted.");
                return Judge(Fence.Of(row), sent, failure);
            }
            catch (TransportException e) when (e.IsTransient || e.Status is 409 or 412)
            {
                failure = e;
            }

            await _storage.Retry.DelayAsync(attempt, CancellationToken.None);
        }
    }

    private Fence? Judge(Fence stored, Fence sent, Exception failure)
    {
        var applied = stored.IsAsWritten(sent);
        _storage.Log.Resolved(_shard, sent.BatchNumber, applied, failure);
        if (applied)
        {
            return stored;
        }

        if (stored.Owner != sent.Owner)
        {
            throw new FencedException($"Owner {stored.Owner} has taken shard {_shard} (epoch {stored.Epoch}).");
        }

        if (!stored.IsAsWritten(_fence))
        {
            throw new FencedException(
                $"Storage went back in time: shard {_shard} is at batch {stored.BatchNumber}, it was at {_fence.BatchNumber}. What was acknowledged is gone.");
        }

        _fence = stored;
        return null;
    }
}
