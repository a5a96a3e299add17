using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Reconciliation;

/// <summary>A run that nobody waits for any more and that may still be alive at its provider.</summary>
public sealed record StrayRun(RunId Run, RunHandle Handle, DateTimeOffset Since);
