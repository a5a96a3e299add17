using BuildFunctions.Broker.Providers;

namespace BuildFunctions.Activities.Runs;

/// <summary>The end of an attempt; without a handle nothing was started.</summary>
public sealed record AttemptEnd(AttemptOrder Attempt, RunHandle? Handle, AttemptOutcome Outcome);
