namespace BuildFunctions.Activities.Runs;

/// <summary>Ask a run to stop, or make it.</summary>
public sealed record RunCancel(RunReference Run, bool Force);
