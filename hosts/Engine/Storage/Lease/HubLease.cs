using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage.Lease;

/// <summary>
/// The blob lease. It is good for its duration, less a margin, from the moment a successful request was sent, on the monotonic clock. It makes two
/// owners unlikely; the fences make them harmless.
/// </summary>
internal sealed class HubLease(string owner, StorageContext storage)
{
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);

    /// <summary>A killed owner on another machine is replaced after at most this and <see cref="_askEvery"/>.</summary>
    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(20);

    /// <summary>Nothing is written in the last part of a lease that was not renewed.</summary>
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan _askEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _retryEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A lease id must be a GUID; proposing the same one again after a lost answer is harmless.
    private readonly string _id = IdOf(owner);
    private long _sent;

    public string Id => _id;

    public Task Lost => _lost.Task;

    public Exception? Loss { get; private set; }

    private TimeSpan Age => storage.Time.GetElapsedTime(Interlocked.Read(ref _sent));

    public static string IdOf(string owner) => new Guid(Convert.FromHexString(owner)).ToString();

    /// <param name="held">Called each time the lease turns out to be somebody else's; true to try again at once.</param>
    public async Task AcquireAsync(Func<Task<bool>> held, CancellationToken cancellation)
    {
        while (true)
        {
            var sent = storage.Time.GetTimestamp();
            try
            {
                if (await storage.Transport.AcquireLeaseAsync(_id, _duration, cancellation))
                {
                    Interlocked.Exchange(ref _sent, sent);
                    return;
                }

                if (await held())
                {
                    continue;
                }
            }
            catch (TransportException e) when (e.IsTransient)
            {
                storage.Log.StorageTrouble(e);
            }

            await Task.Delay(_askEvery * (0.9 + (0.2 * storage.Random.NextDouble())), storage.Time, cancellation);
        }
    }

    /// <summary>One renewal; returns how long to wait for the next.</summary>
    public async Task<TimeSpan> BeatAsync()
    {
        var sent = storage.Time.GetTimestamp();
        try
        {
            if (await storage.Transport.RenewLeaseAsync(_id))
            {
                Interlocked.Exchange(ref _sent, sent);
                return RenewEvery;
            }

            Lose(new FencedException("The lease was taken or broken by somebody else."));
        }
        catch (TransportException e)
        {
            storage.Log.StorageTrouble(e);
            if (Age >= _duration)
            {
                Lose(new FencedException("The lease could not be renewed in time.", e));
            }
        }
        catch (Exception e)
        {
            Lose(e);
        }

        return _retryEvery;
    }

    /// <summary>Returns when a request may be sent. Between the end of the lease and its loss nothing is.</summary>
    public async Task WaitUntilGoodAsync()
    {
        while (Age >= _duration - _margin)
        {
            ThrowIfLost();
            await Task.Delay(_poll, storage.Time);
        }

        ThrowIfLost();
    }

    public void ThrowIfLost()
    {
        if (Loss is { } loss)
        {
            throw new FencedException("This process does not own the hub any more.", loss);
        }
    }

    public void Lose(Exception reason)
    {
        lock (_lost)
        {
            if (Loss is not null)
            {
                return;
            }

            Loss = reason;
        }

        storage.Log.OwnershipLost(reason);
        _lost.TrySetResult();
    }
}
