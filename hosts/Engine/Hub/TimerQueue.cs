namespace BuildFunctions.Engine.Hub;

/// <summary>Durable timers that are armed: fires in due order, never early, however far the clock is set or the due time away.</summary>
internal sealed class TimerQueue : IDisposable
{
    // Short slices: the wall clock may be set, and the platform's timers have a maximum.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<(DateTimeOffset At, long Order), (TimerKey Key, Action Fire)> _due = [];
    private readonly Dictionary<TimerKey, (DateTimeOffset At, long Order)> _places = [];
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _order;

    public TimerQueue(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Arm(TimerKey key, DateTimeOffset at, Action fire)
    {
        lock (_gate)
        {
            var place = (at, _order++);
            if (_places.TryAdd(key, place))
            {
                _due.Add(place, (key, fire));
                Sleep();
            }
        }
    }

    public void Disarm(TimerKey key)
    {
        lock (_gate)
        {
            if (_places.Remove(key, out var place))
            {
                _due.Remove(place);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void FireDue()
    {
        var fired = new List<Action>();
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            while (_due.Count > 0 && _due.First() is var first && first.Key.At <= now)
            {
                _due.Remove(first.Key);
                _places.Remove(first.Value.Key);
                fired.Add(first.Value.Fire);
            }

            Sleep();
        }

        fired.ForEach(fire => fire());
    }

    private void Sleep()
    {
        if (_due.Count == 0)
        {
            return;
        }

        var wait = _due.First().Key.At - _time.GetUtcNow();
        _timer.Change(
            wait <= TimeSpan.Zero ? TimeSpan.Zero : wait > LongestSleep ? LongestSleep : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)),
            Timeout.InfiniteTimeSpan);
    }
}
