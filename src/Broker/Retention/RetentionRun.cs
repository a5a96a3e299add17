using BuildFunctions.Contracts.Retention;

namespace BuildFunctions.Broker.Retention;

/// <summary>One run: its time, its limits, and what it has removed so far.</summary>
public sealed class RetentionRun(DateTimeOffset now, bool dryRun, int limit, IHistories histories)
{
    private const int MostNames = 20;

    private readonly Dictionary<string, (int Count, long Bytes, List<string> Names)> _removed = [];
    private bool _more;

    public DateTimeOffset Now => now;

    public bool DryRun => dryRun;

    public IHistories Histories => histories;

    /// <summary>Whether one more of the kind fits into this run, which takes the more of what is removed many at a time.</summary>
    public bool HasRoom(string kind, int atATime = 1)
    {
        var room = _removed.GetValueOrDefault(kind).Count < (long)limit * atATime;
        _more |= !room;
        return room;
    }

    public void Removed(string kind, string name, long bytes = 0)
    {
        var (count, sum, names) = _removed.TryGetValue(kind, out var before) ? before : (0, 0, []);
        if (names.Count < MostNames)
        {
            names.Add(name);
        }

        _removed[kind] = (count + 1, sum + bytes, names);
    }

    /// <summary>Things without names.</summary>
    public void Removed(string kind, int count)
    {
        if (count > 0)
        {
            _removed[kind] = (_removed.GetValueOrDefault(kind).Count + count, 0, []);
        }
    }

    public RetentionReport ToReport() =>
        new(now, dryRun, _more, [.. _removed.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new RetentionRemoval(pair.Key, pair.Value.Count, pair.Value.Bytes, pair.Value.Names))]);
}
