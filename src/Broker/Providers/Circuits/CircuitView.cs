namespace BuildFunctions.Broker.Providers.Circuits;

/// <summary>How a circuit stands at one moment.</summary>
/// <param name="Failures">Failed calls within the window.</param>
/// <param name="Reason">What the last failure said.</param>
public sealed record CircuitView(bool Open, int Failures, string? Reason, DateTimeOffset? NextTry);
