using BuildFunctions.Broker.Builds;

namespace BuildFunctions.Broker.Reconciliation.Watching;

/// <summary>What the watchdog knows of a build.</summary>
/// <param name="Unchanged">How long this process has looked at the record and seen no change: a broker that was down has seen nothing.</param>
public sealed record WatchedBuild(AcceptedBuild Stored, InstanceState Instance, bool HasSource, TimeSpan Unchanged);
