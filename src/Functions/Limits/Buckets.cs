namespace BuildFunctions.Functions.Limits;

/// <summary>
/// A token bucket for each key, kept as one number: the moment at which it will be full again. A bucket that is full is the same as none,
/// so only those in use take memory, and there are never more than <see cref="Most"/>.
/// </summary>
internal sealed class Buckets(BucketOptions options, TimeProvider clock)
{
    public const int Most = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _fullAt = new(StringComparer.Ordinal);
    private readonly long _perRequest = Math.Max(1, (long)(clock.TimestampFrequency / options.PerSecond));

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _fullAt.Count;
            }
        }
    }

    /// <returns>Null where the request may go on, else how long to wait.</returns>
    public TimeSpan? Take(string key)
    {
        var now = clock.GetTimestamp();
        lock (_lock)
        {
            var fullAt = Math.Max(now, _fullAt.GetValueOrDefault(key, now));
            var early = fullAt - now - (_perRequest * (options.Burst - 1));
            if (early > 0)
            {
                return clock.GetElapsedTime(0, early);
            }

            if (_fullAt.Count >= Most && !_fullAt.ContainsKey(key))
            {
                Sweep(now);
            }

            _fullAt[key] = fullAt + _perRequest;
            return null;
        }
    }

    /// <summary>Where so many are in use at once, all begin anew: whoever has that many addresses is not held by a limit for each.</summary>
    private void Sweep(long now)
    {
        foreach (var (key, _) in _fullAt.Where(bucket => bucket.Value <= now).ToList())
        {
            _fullAt.Remove(key);
        }

        if (_fullAt.Count > Most / 2)
        {
            _fullAt.Clear();
        }
    }
}
