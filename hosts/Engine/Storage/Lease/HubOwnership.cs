using BuildFunctions.Engine.Storage.Commit;
using BuildFunctions.Engine.Storage.Rows;
using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage.Lease;

/// <summary>
/// Takes a hub over: lease, then a higher epoch, then the fence of every shard. Only after the last fence is anything read, as only then no earlier
/// owner can write. A process owns a hub once; when it is lost the process ends and starts again as a standby.
/// </summary>
internal sealed class HubOwnership : IOwnership, IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly StorageContext _storage;
    private readonly HubLease _lease;
    private readonly OwnerClaims _claims;
    private readonly Heartbeat _heartbeat;
    private readonly CancellationTokenSource _stop = new();
    private volatile ShardWriter[] _writers = [];

    public HubOwnership(StorageContext storage, Heartbeat heartbeat)
    {
        (_storage, _heartbeat, Owner) = (storage, heartbeat, storage.NewId());
        (_lease, _claims) = (new(Owner, storage), new(Owner, storage));
    }

    public string Owner { get; }

    public long Epoch { get; private set; }

    public bool PreviousReleased { get; private set; }

    public Task Lost => _lease.Lost;

    /// <summary>Why it was lost.</summary>
    public Exception? Loss => _lease.Loss;

    public async Task AcquireAsync(CancellationToken cancellation)
    {
        await CheckHubAsync(cancellation);
        await _claims.AddAsync(cancellation);
        await _lease.AcquireAsync(() => EndDeadOwnersLeaseAsync(cancellation), cancellation);
        _heartbeat(_lease.BeatAsync, HubLease.RenewEvery, _stop.Token);
        try
        {
            var fences = await Task.WhenAll(Enumerable.Range(0, InstanceKey.Shards).Select(shard => ReadFenceAsync(shard, cancellation)));
            var former = await ReadOwnerAsync(cancellation);
            var epoch = 1 + fences.Max(fence => Math.Max(fence?.Epoch ?? 0, former?.Epoch ?? 0));
            PreviousReleased = former is null or { Released: true };
            await WriteOwnerAsync(epoch, released: false, cancellation);
            await _claims.ClearAsync(cancellation);
            var taken = await Task.WhenAll(fences.Select((fence, shard) => TakeAsync(shard, fence, epoch, cancellation)));
            Epoch = epoch;
            _writers = [.. taken.Select((fence, shard) => new ShardWriter(InstanceKey.ShardName(shard), fence, _lease, _storage))];
            _storage.Log.OwnershipTaken(Owner, _storage.Options.HubName, epoch);
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    public ShardWriter Writer(int shard)
    {
        _lease.ThrowIfLost();
        return _writers is { Length: > 0 } writers ? writers[shard] : throw new FencedException("This process is a standby.");
    }

    /// <summary>Who owns the hub; null before the first owner.</summary>
    public async Task<OwnerRecord?> ReadOwnerAsync(CancellationToken cancellation) =>
        OwnerRecord.Parse(await _storage.Retry.ReadAsync(() => _storage.Transport.ReadOwnerAsync(cancellation), cancellation));

    /// <summary>Writes what is waiting, then lets a standby take over at once.</summary>
    public async ValueTask ReleaseAsync()
    {
        var writers = _writers;
        _writers = [];
        Array.ForEach(writers, writer => writer.Stop());
        await Task.WhenAll(writers.Select(writer => writer.Completion));
        if (Epoch > 0 && _lease.Loss is null)
        {
            await CourtesyAsync(stop => WriteOwnerAsync(Epoch, released: true, stop));
        }

        await StopAsync();
        Epoch = 0;
    }

    // The heartbeat's thread may look at the token once more, so that is never disposed; it holds no timer.
    public ValueTask DisposeAsync() => ReleaseAsync();

    private async Task<bool> EndDeadOwnersLeaseAsync(CancellationToken cancellation)
    {
        var dead = await _claims.DeadAsync(cancellation);
        if (await ReadOwnerAsync(cancellation) is { Released: false, Process: { } process } former && _storage.Options.HasEnded(process))
        {
            dead = [former.Owner, .. dead];
        }

        foreach (var owner in dead)
        {
            if (await TryEndLeaseAsync(owner, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A lease can be ended by its own id only, which follows from its owner's: nobody who took over in between is disturbed.</summary>
    private async Task<bool> TryEndLeaseAsync(string owner, CancellationToken cancellation)
    {
        try
        {
            await _storage.Transport.ReleaseLeaseAsync(HubLease.IdOf(owner), cancellation);
            _storage.Log.DeadOwnerReplaced(owner);
            return true;
        }
        catch (TransportException e) when (e.IsConflict || e.IsTransient)
        {
            _storage.Log.StorageTrouble(e);
            return false;
        }
    }

    private async Task StopAsync()
    {
        var stopped = _stop.IsCancellationRequested;
        _stop.Cancel();
        if (!stopped && _lease.Loss is null)
        {
            await CourtesyAsync(stop => _storage.Transport.ReleaseLeaseAsync(_lease.Id, stop));
        }
    }

    /// <summary>Only spares the next owner a wait: without it the lease ends by itself. A process that is to end does not hang on storage for that.</summary>
    private async Task CourtesyAsync(Func<CancellationToken, Task> call)
    {
        using var stop = new CancellationTokenSource(_patience, _storage.Time);
        try
        {
            await call(stop.Token);
        }
        catch (Exception e) when (e is TransportException or OperationCanceledException)
        {
            _storage.Log.StorageTrouble(e);
        }
    }

    private async Task CheckHubAsync(CancellationToken cancellation)
    {
        await _storage.Retry.RunAsync(() => _storage.Transport.CreateAsync(cancellation), cancellation);
        if (await _storage.Retry.ReadAsync(() => _storage.Transport.HasForeignInstancesAsync(cancellation), cancellation))
        {
            throw new InvalidOperationException(
                $"Hub '{_storage.Options.HubName}' has unfinished instances of the Durable Functions host. Finish them there or choose another hub name.");
        }

        if (await ReadOwnerAsync(cancellation) is { IsNewer: true } newer)
        {
            throw new InvalidOperationException($"Hub '{_storage.Options.HubName}' is a newer version's; this one cannot read it: {newer}");
        }
    }

    private async Task WriteOwnerAsync(long epoch, bool released, CancellationToken cancellation)
    {
        var body = new OwnerRecord(Owner, epoch, _storage.Time.GetUtcNow(), released, _storage.Options.Process).ToString();
        await _storage.Retry.RunAsync(() => _storage.Transport.WriteOwnerAsync(body, _lease.Id, cancellation), cancellation);
    }

    /// <summary>Until the fence is ours: the former owner may be writing still, and our own write may have been applied without an answer.</summary>
    private async Task<Fence> TakeAsync(int shard, Fence? stored, long epoch, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (stored?.Owner == Owner)
            {
                return stored;
            }

            if (stored?.Epoch >= epoch)
            {
                throw new FencedException($"Owner {stored.Owner} has taken the hub meanwhile.");
            }

            await _lease.WaitUntilGoodAsync();
            var fence = (stored ?? new("", 0, 0, "", null)).TakenBy(Owner, epoch);
            await TryAsync(shard, stored is null ? fence.Insert() : fence.Renew(), attempt, cancellation);
            stored = await ReadFenceAsync(shard, cancellation);
        }
    }

    private async Task TryAsync(int shard, RowOperation operation, int attempt, CancellationToken cancellation)
    {
        try
        {
            await _storage.Transport.TransactAsync(InstanceKey.ShardName(shard), [operation], cancellation);
        }
        catch (TransportException e) when (e.IsTransient || e.IsConflict)
        {
            _storage.Log.StorageTrouble(e);
            _lease.ThrowIfLost();
            await _storage.Retry.DelayAsync(attempt, cancellation);
        }
    }

    private async Task<Fence?> ReadFenceAsync(int shard, CancellationToken cancellation) =>
        await _storage.Retry.ReadAsync(
            () => _storage.Transport.GetAsync(InstanceKey.ShardName(shard), Fence.Key, null, cancellation), cancellation) is { } row
            ? Fence.Of(row) : null;
}
