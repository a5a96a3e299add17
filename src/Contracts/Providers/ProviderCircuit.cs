namespace BuildFunctions.Contracts.Providers;

/// <summary>A provider that keeps failing is left alone for a while.</summary>
/// <param name="Open">It is; one call is let through at <paramref name="NextTryAt"/>.</param>
/// <param name="Failures">Failed calls lately.</param>
/// <param name="Reason">What the last failure said.</param>
public sealed record ProviderCircuit(bool Open, int Failures, string? Reason = null, DateTimeOffset? NextTryAt = null);
