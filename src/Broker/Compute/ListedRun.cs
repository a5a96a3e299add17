namespace BuildFunctions.Broker.Compute;

/// <summary>A run as its provider lists it.</summary>
/// <param name="Run">The attempt that it was started for.</param>
public sealed record ListedRun(RunHandle Handle, RunId Run, bool Ended, DateTimeOffset StartedAt);
