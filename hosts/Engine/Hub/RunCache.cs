namespace BuildFunctions.Engine.Hub;

/// <summary>Bounds the parked orchestrators in memory: the least recently used go first.</summary>
internal sealed class RunCache(int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<LiveInstance> _byUse = new();
    private readonly Dictionary<LiveInstance, LinkedListNode<LiveInstance>> _nodes = [];

    /// <summary>Called by the instance's own worker.</summary>
    public void Used(LiveInstance instance)
    {
        lock (_gate)
        {
            Remove(instance);
            if (instance.Run is null)
            {
                return;
            }

            _nodes[instance] = _byUse.AddLast(instance);
            foreach (var oldest in _byUse.Take(_nodes.Count - capacity).ToList())
            {
                if (oldest.TryEvict(byWorker: oldest == instance))
                {
                    Remove(oldest);
                }
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
