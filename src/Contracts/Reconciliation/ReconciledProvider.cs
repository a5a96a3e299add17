namespace BuildFunctions.Contracts.Reconciliation;

/// <summary>One provider's part of a <see cref="ReconcileReport"/>.</summary>
/// <param name="Runs">This broker's runs there; absent where the provider cannot say.</param>
/// <param name="Trouble">Why it could not be asked.</param>
public sealed record ReconciledProvider(string Name, int? Runs = null, string? Trouble = null);
