using Microsoft.DurableTask;
using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>External events: early ones are kept in order of arrival, waiters are served newest first, names ignore case.</summary>
internal sealed class EventInbox(DataConverter converter)
{
    private readonly List<EventRaised> _early = [];
    private readonly Dictionary<string, List<PendingTask>> _waiters = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<EventRaised> Early => _early;

    public bool HasWaiters => _waiters.Values.Any(waiters => waiters.Count > 0);

    public IEnumerable<string> WaitedFor => _waiters.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key);

    public void Deliver(EventRaised raised)
    {
        if (_waiters.TryGetValue(raised.Name, out var waiters) && waiters.Count > 0)
        {
            var newest = waiters[^1];
            waiters.RemoveAt(waiters.Count - 1);
            newest.Complete(raised.Payload);
        }
        else
        {
            _early.Add(raised);
        }
    }

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var waiter = new PendingTask<T>(converter);
        var early = _early.FindIndex(raised => string.Equals(raised.Name, name, StringComparison.OrdinalIgnoreCase));
        if (early >= 0)
        {
            var raised = _early[early];
            _early.RemoveAt(early);
            waiter.Complete(raised.Payload);
            return waiter.Task;
        }

        var waiters = _waiters.TryGetValue(name, out var known) ? known : _waiters[name] = [];
        if (waiters.FirstOrDefault() is { } other && other.ResultType != typeof(T))
        {
            throw new ArgumentException(
                $"Events with the same name must have the same type argument. Expected {other.ResultType.FullName} but was requested {typeof(T).FullName}.");
        }

        waiters.Add(waiter);
        // A waiter that gave up takes no event with it: the next wait gets it.
        cancellation.Register(() =>
        {
            waiters.Remove(waiter);
            waiter.Cancel(cancellation);
        });
        return waiter.Task;
    }
}
