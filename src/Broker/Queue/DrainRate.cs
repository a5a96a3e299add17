namespace BuildFunctions.Broker.Queue;

/// <summary>How fast builds end, so that who is refused is told when to come again: the first when the next one will have ended, the second after that.</summary>
internal sealed class DrainRate(TimeProvider clock)
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _unknown = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Queue<(long At, long Ended)> _samples = new();
    private long _lastEnded;
    private long _refused;

    public void Observe(long ended)
    {
        lock (_lock)
        {
            _refused = Math.Max(0, _refused - (ended - _lastEnded));
            _lastEnded = ended;
            if (_samples.Count == 0 || clock.GetElapsedTime(_samples.Last().At) >= TimeSpan.FromSeconds(1))
            {
                _samples.Enqueue((clock.GetTimestamp(), ended));
            }

            while (_samples.Count > 1 && clock.GetElapsedTime(_samples.Peek().At) > _window)
            {
                _samples.Dequeue();
            }
        }
    }

    public TimeSpan NextRetry()
    {
        lock (_lock)
        {
            var ahead = ++_refused;
            if (!_samples.TryPeek(out var first) || _lastEnded == first.Ended)
            {
                return _unknown;
            }

            var wait = clock.GetElapsedTime(first.At) / (_lastEnded - first.Ended) * ahead;
            return wait < _longest ? wait : _longest;
        }
    }
}
