namespace BuildFunctions.Broker.Compute;

/// <summary>A step of the run, announced beside the log, where the build's output cannot forge it.</summary>
/// <param name="Offset">The byte of the run's log that the step starts at.</param>
public sealed record LogStep(string Name, long Offset, DateTimeOffset StartedAt);
