namespace BuildFunctions.Contracts.Reconciliation;

/// <summary>A run that should not be there.</summary>
/// <param name="Kind"><c>zombie</c>: no attempt owns it; <c>double</c>: its attempt owns another; <c>stray</c>: its cancel was never confirmed.</param>
/// <param name="Run">The run's name at the provider.</param>
/// <param name="Attempt">The build and attempt it was started for.</param>
/// <param name="Mended">It is gone now; otherwise the next comparison goes on.</param>
public sealed record ReconcileFinding(string Kind, string Provider, string Run, string Attempt, bool Mended, string? Trouble = null);
