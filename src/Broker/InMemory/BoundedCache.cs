using System.Diagnostics.CodeAnalysis;

namespace BuildFunctions.Broker.InMemory;

/// <summary>Keeps what was used last, up to so many bytes. What goes in never changes, so nothing is ever stale.</summary>
internal sealed class BoundedCache<TKey, TValue>(long capacity, Func<TValue, long> sizeOf)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _byUse = new();

    public long Bytes { get; private set; }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            var found = _nodes.TryGetValue(key, out var node);
            if (found && _byUse.First != node)
            {
                _byUse.Remove(node!);
                _byUse.AddFirst(node!);
            }

            value = found ? node!.Value.Value : default;
            return found;
        }
    }

    public void Add(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (sizeOf(value) > capacity || _nodes.ContainsKey(key))
            {
                return;
            }

            _nodes.Add(key, _byUse.AddFirst((key, value)));
            for (Bytes += sizeOf(value); Bytes > capacity;)
            {
                var last = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _nodes.Remove(last.Key);
                Bytes -= sizeOf(last.Value);
            }
        }
    }
}
