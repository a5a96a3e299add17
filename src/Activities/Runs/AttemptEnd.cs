namespace BuildFunctions.Activities.Runs;

/// <summary>The end of an attempt, what was decided then, and the wait that follows where there is one.</summary>
public sealed record AttemptEnd(AttemptOrder Attempt, AttemptOutcome Outcome, string? Decision = null, ProviderWait? Wait = null);
