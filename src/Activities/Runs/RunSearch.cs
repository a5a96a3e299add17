using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Activities.Runs;

/// <summary>A run that may be alive; without a handle it is not known whether it ever began.</summary>
public sealed record RunSearch(AttemptOrder Attempt, RunHandle? Handle);
