namespace BuildFunctions.Broker.Providers.Circuits;

/// <summary>
/// Whether a provider is asked at all. It opens after several failed calls within a while and lets one call through every so often; the first that
/// is answered closes it. Each process learns for itself: it knows within seconds, and a row in storage would cost every call a read.
/// </summary>
internal sealed class Circuit(CircuitOptions options, TimeProvider clock, Action<CircuitView>? switched = null)
{
    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _failures = new();

    private DateTimeOffset? _nextTry;
    private string? _reason;

    public CircuitView View
    {
        get
        {
            lock (_lock)
            {
                return new CircuitView(_nextTry is not null, _failures.Count, _reason, _nextTry);
            }
        }
    }

    /// <summary>The time until a call may be made.</summary>
    public TimeSpan Wait
    {
        get
        {
            lock (_lock)
            {
                return _nextTry is { } next && clock.GetUtcNow() is var now && now < next ? next - now : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Zero where the call may be made; else the time until the next one may. A caller that is let through must report.</summary>
    public TimeSpan Enter()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_nextTry is not { } next)
            {
                return TimeSpan.Zero;
            }

            if (now < next)
            {
                return next - now;
            }

            _nextTry = now + options.Probe;
            return TimeSpan.Zero;
        }
    }

    public void Answered()
    {
        lock (_lock)
        {
            if (_nextTry is null)
            {
                return;
            }

            _nextTry = null;
            _reason = null;
            _failures.Clear();
        }

        switched?.Invoke(View);
    }

    public void Failed(string reason, TimeSpan? retryAfter)
    {
        bool opened;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            _failures.Enqueue(now);
            while (_failures.Peek() <= now - options.Window)
            {
                _failures.Dequeue();
            }

            _reason = reason;
            opened = _nextTry is null && _failures.Count >= options.Failures;
            if (_nextTry is not null || _failures.Count >= options.Failures)
            {
                _nextTry = now + (retryAfter > options.Probe ? retryAfter.Value : options.Probe);
            }
        }

        if (opened)
        {
            switched?.Invoke(View);
        }
    }
}
