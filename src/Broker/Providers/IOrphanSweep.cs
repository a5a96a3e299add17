namespace BuildFunctions.Broker.Providers;

/// <summary>A provider that can find its own runs.</summary>
public interface IOrphanSweep
{
    /// <summary>Ends and removes the runs that no build owns any more; never touches what is not ours.</summary>
    Task SweepAsync(IReadOnlySet<RunId> known, CancellationToken cancellationToken);
}
