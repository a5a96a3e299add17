using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Queue;

/// <summary>Who runs and who waits, at one moment; decides who is next.</summary>
internal sealed record QueueView(IReadOnlyList<Lease> Leases, IReadOnlyList<Ticket> Waiting)
{
    public const string Global = "*";

    /// <summary>The waiting builds that may start now, in order: first come first served within a priority, but a full provider does not hold up the others.</summary>
    public IReadOnlyList<Ticket> Next(QueueOptions options)
    {
        var free = options.MaxConcurrent - Leases.Count(lease => lease.Pool == Global);
        Dictionary<string, int> freeAt = new(StringComparer.OrdinalIgnoreCase);
        List<Ticket> next = [];
        foreach (var ticket in Waiting)
        {
            if (free <= 0)
            {
                break;
            }

            if (!freeAt.TryGetValue(ticket.Provider, out var here))
            {
                here = options.LimitOf(ticket.Provider) - Leases.Count(lease => SamePool(lease.Pool, ticket.Provider));
            }

            if (here > 0)
            {
                next.Add(ticket);
                free--;
                here--;
            }

            freeAt[ticket.Provider] = here;
        }

        return next;
    }

    public QueueView Without(BuildId build) =>
        new([.. Leases.Where(lease => lease.Build != build)], [.. Waiting.Where(ticket => ticket.Build != build)]);

    public int FirstFree(string pool)
    {
        var taken = Leases.Where(lease => SamePool(lease.Pool, pool)).Select(lease => lease.Number).ToHashSet();
        return Enumerable.Range(0, int.MaxValue).First(number => !taken.Contains(number));
    }

    public string WhyWaiting(Ticket ticket, QueueOptions options)
    {
        var running = Leases.Count(lease => lease.Pool == Global);
        var here = Leases.Count(lease => SamePool(lease.Pool, ticket.Provider));
        return running >= options.MaxConcurrent ? $"all {options.MaxConcurrent} slots of this broker are taken"
            : here >= options.LimitOf(ticket.Provider) ? $"all {options.LimitOf(ticket.Provider)} slots of {ticket.Provider} are taken"
            : "other builds are ahead";
    }

    private static bool SamePool(string pool, string provider) => string.Equals(pool, provider, StringComparison.OrdinalIgnoreCase);
}
