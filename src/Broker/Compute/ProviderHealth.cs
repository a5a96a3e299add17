namespace BuildFunctions.Broker.Compute;

/// <summary>Whether a provider takes builds, and if not, what to do about it.</summary>
public sealed record ProviderHealth(bool Ready, string? Reason = null);
