using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>External events: early ones are kept in order of arrival, waiters are served newest first, names ignore case.</summary>
internal sealed class EventInbox
{
    private readonly List<EventRaised> _early = [];
    private readonly Dictionary<string, List<(Type Type, TaskCompletionSource<string?> Source)>> _waiters =
        new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<EventRaised> Early => _early;

    public bool HasWaiters => _waiters.Values.Any(waiters => waiters.Count > 0);

    public IEnumerable<string> WaitedFor => _waiters.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key);

    public void Deliver(EventRaised raised)
    {
        if (_waiters.TryGetValue(raised.Name, out var waiters) && waiters.Count > 0)
        {
            var newest = waiters[^1];
            waiters.RemoveAt(waiters.Count - 1);
            newest.Source.TrySetResult(raised.Payload);
        }
        else
        {
            _early.Add(raised);
        }
    }

    public Task<string?> WaitAsync(string name, Type type, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var early = _early.FindIndex(raised => string.Equals(raised.Name, name, StringComparison.OrdinalIgnoreCase));
        if (early >= 0)
        {
            var raised = _early[early];
            _early.RemoveAt(early);
            return Task.FromResult(raised.Payload);
        }

        var waiters = _waiters.TryGetValue(name, out var known) ? known : _waiters[name] = [];
        if (waiters is [(var other, _), ..] && other != type)
        {
            throw new ArgumentException(
                $"Events with the same name must have the same type argument. Expected {other} but was requested {type}.");
        }

        var waiter = (type, new TaskCompletionSource<string?>());
        waiters.Add(waiter);
        // A waiter that gave up takes no event with it: the next wait gets it.
        cancellation.Register(() =>
        {
            waiters.Remove(waiter);
            waiter.Item2.TrySetCanceled(cancellation);
        });
        return waiter.Item2.Task;
    }
}
