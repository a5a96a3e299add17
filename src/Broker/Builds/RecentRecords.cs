using System.Collections.Concurrent;
using Azure;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>Open builds as this host wrote them last, with the version that the write made: the next write needs no read, and fails on an old version.</summary>
internal sealed class RecentRecords
{
    private const int Most = 8192;

    private readonly ConcurrentDictionary<BuildId, (Build Build, ETag Version)> _records = new();

    public void Keep(BuildId id, Build build, ETag? version)
    {
        if (version is { } known)
        {
            if (_records.Count >= Most)
            {
                _records.Clear();
            }

            _records[id] = (build, known);
        }
    }

    public bool Has(BuildId id) => _records.ContainsKey(id);

    /// <summary>Once: who fails with it reads.</summary>
    public (Build Build, ETag Version)? Take(BuildId id) => _records.TryRemove(id, out var record) ? record : null;
}
