using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>
/// The builds that were accepted and have not ended, as this host knows them: exact for what it does itself, put right by each look at the stored list.
/// A build is counted before it is stored, so that no number of requests at once gets past a limit.
/// </summary>
internal sealed class OpenBuilds
{
    private readonly Lock _lock = new();
    private readonly HashSet<BuildId> _open = [];
    private readonly HashSet<BuildId> _arriving = [];
    private long _ended;

    /// <summary>How many have ended since this host started.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    public bool TryAdd(BuildId id, int limit)
    {
        lock (_lock)
        {
            return _open.Contains(id) || (_open.Count < limit && _open.Add(id) && _arriving.Add(id));
        }
    }

    /// <summary>The build is on the stored list now; until then no look at the list could have found it.</summary>
    public void Stored(BuildId id)
    {
        lock (_lock)
        {
            _arriving.Remove(id);
        }
    }

    public void Remove(BuildId id, bool ended)
    {
        lock (_lock)
        {
            _arriving.Remove(id);
            if (_open.Remove(id) && ended)
            {
                _ended++;
            }
        }
    }

    /// <summary>Those that a look at the stored list must find, unless they have ended.</summary>
    public IReadOnlySet<BuildId> Snapshot()
    {
        lock (_lock)
        {
            return _open.Except(_arriving).ToHashSet();
        }
    }

    /// <param name="before">What was known when the reading began: who came since is not missing from the list.</param>
    public void Align(IReadOnlySet<BuildId> before, IReadOnlySet<BuildId> stored)
    {
        lock (_lock)
        {
            foreach (var id in before.Where(id => !stored.Contains(id)))
            {
                _ended += _open.Remove(id) ? 1 : 0;
            }

            _open.UnionWith(stored.Where(id => !before.Contains(id)));
        }
    }
}
