using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Limits;

namespace BuildFunctions.Functions.Callbacks;

/// <summary>
/// Wakes the build that a callback is about. Each ring stands in the build's history and makes it look at its run, so there are a few at once and then one a second:
/// callbacks that come meanwhile share the next ring and are answered when it is out.
/// </summary>
public sealed class CallbackBell
{
    private readonly Lock _lock = new();
    private readonly Dictionary<BuildId, Task> _next = [];
    private readonly TimeProvider _clock;
    private readonly Buckets _rings;

    internal CallbackBell(TimeProvider clock) => (_clock, _rings) = (clock, new Buckets(new BucketOptions { PerSecond = 1, Burst = 5 }, clock));

    /// <param name="ring">Called after this, once for all who share it.</param>
    internal Task RingAsync(BuildId build, Func<Task> ring)
    {
        lock (_lock)
        {
            return _next.TryGetValue(build, out var next) ? next : _next[build] = RingInTimeAsync(build, ring);
        }
    }

    private async Task RingInTimeAsync(BuildId build, Func<Task> ring)
    {
        await Task.Yield();
        while (_rings.Take(build.ToString()) is { } wait)
        {
            await Task.Delay(wait, _clock);
        }

        // Whoever comes from here on has something to say that this ring may be too early for.
        lock (_lock)
        {
            _next.Remove(build);
        }

        await ring();
    }
}
