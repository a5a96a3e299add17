namespace BuildFunctions.Engine.Hub;

/// <summary>Bounds the parked orchestrators in memory: least recently used first, and those idle too long.</summary>
internal sealed class RunCache(int capacity, TimeSpan idle)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<LiveInstance> _byUse = new();
    private readonly Dictionary<LiveInstance, LinkedListNode<LiveInstance>> _nodes = [];

    /// <summary>Called by the instance's own worker.</summary>
    public void Used(LiveInstance instance, DateTimeOffset now)
    {
        lock (_gate)
        {
            Remove(instance);
            if (instance.Run is null)
            {
                return;
            }

            instance.LastUsed = now;
            _nodes[instance] = _byUse.AddLast(instance);
            for (var node = _byUse.First; node is not null && (_nodes.Count > capacity || now - node.Value.LastUsed > idle);)
            {
                var next = node.Next;
                if (node.Value.TryEvict(byWorker: node.Value == instance))
                {
                    Remove(node.Value);
                }

                node = next;
            }
        }
    }

    private void Remove(LiveInstance instance)
    {
        if (_nodes.Remove(instance, out var node))
        {
            _byUse.Remove(node);
        }
    }
}
