namespace BuildFunctions.Broker.Deployments;

/// <param name="Delete">Marked long enough ago.</param>
/// <param name="Marked">To be remembered until the next round.</param>
public sealed record ReleaseSweep(IReadOnlyList<string> Delete, IReadOnlyDictionary<string, DateTimeOffset> Marked);
