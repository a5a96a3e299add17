using BuildFunctions.Engine.Storage;

namespace BuildFunctions.Engine.Hub;

/// <summary>Tells those who wait for an instance when it has changed.</summary>
internal sealed class InstanceWatch
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<(Func<InstanceHead, bool> Until, TaskCompletionSource<InstanceHead> Found)>> _waiting = [];

    public void Publish(InstanceHead head)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(head.Id, out var waiting))
            {
                waiting.RemoveAll(waiter => waiter.Until(head) && waiter.Found.TrySetResult(head));
                Forget(head.Id, waiting);
            }
        }
    }

    /// <summary><paramref name="current"/> is asked once the wait is registered, so that no change falls between.</summary>
    public async Task<InstanceHead> WaitAsync(
        string id, Func<InstanceHead, bool> until, Func<Task<InstanceHead?>> current, CancellationToken cancellation)
    {
        var waiter = (until, new TaskCompletionSource<InstanceHead>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            var all = _waiting.TryGetValue(id, out var known) ? known : _waiting[id] = [];
            all.Add(waiter);
        }

        await using var given = cancellation.Register(() => waiter.Item2.TrySetCanceled(cancellation));
        try
        {
            return await current() is { } head && until(head) ? head : await waiter.Item2.Task;
        }
        finally
        {
            lock (_gate)
            {
                if (_waiting.TryGetValue(id, out var list))
                {
                    list.Remove(waiter);
                    Forget(id, list);
                }
            }
        }
    }

    private void Forget(string id, List<(Func<InstanceHead, bool>, TaskCompletionSource<InstanceHead>)> waiting)
    {
        if (waiting.Count == 0)
        {
            _waiting.Remove(id);
        }
    }
}
