using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Reconciliation.Watching;

/// <summary>What this process has seen of open builds. It bounds the reads of a round: those never looked at come first, then those looked at longest ago.</summary>
public sealed class WatchMemory(TimeProvider clock)
{
    private readonly Lock _lock = new();

    private Dictionary<BuildId, Seen> _seen = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public IReadOnlyList<BuildId> Next(IReadOnlyCollection<BuildId> open, int most)
    {
        lock (_lock)
        {
            _seen = open.Where(_seen.ContainsKey).ToDictionary(id => id, id => _seen[id]);
            return [.. open.OrderBy(id => _seen.GetValueOrDefault(id)?.Looked ?? DateTimeOffset.MinValue).Take(most)];
        }
    }

    /// <summary>How long the record has been seen unchanged.</summary>
    public TimeSpan Saw(BuildId build, DateTimeOffset changedAt)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var since = _seen.TryGetValue(build, out var before) && before.ChangedAt == changedAt ? before.Since : now;
            _seen[build] = new Seen(changedAt, since, now);
            return now - since;
        }
    }

    private sealed record Seen(DateTimeOffset ChangedAt, DateTimeOffset Since, DateTimeOffset Looked);
}
