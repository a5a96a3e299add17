using BuildFunctions.Broker.Audit;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Functions.Limits;

namespace BuildFunctions.Functions.Audit;

/// <summary>Keeps what was refused, but not more of it than somebody reads: those who knock all day are counted.</summary>
internal sealed class Refusals(AuditLog log, TimeProvider clock)
{
    private readonly Buckets _each = new(new BucketOptions { PerSecond = 1.0 / 60, Burst = 5 }, clock);
    private readonly Buckets _all = new(new BucketOptions { PerSecond = 0.5, Burst = 50 }, clock);
    private long _unlisted;

    /// <param name="key">Who is held to the limit.</param>
    /// <param name="entry">Nothing in it is longer than an entry's column, and no secret.</param>
    public void Note(string key, AuditEntry entry)
    {
        if (_each.Take(key) is not null || _all.Take("") is not null)
        {
            Interlocked.Increment(ref _unlisted);
            return;
        }

        var unlisted = Interlocked.Exchange(ref _unlisted, 0);
        log.End(unlisted == 0 ? entry : entry with { Detail = $"{entry.Detail} {unlisted} more refusals since the last one listed.".TrimStart() });
    }
}
