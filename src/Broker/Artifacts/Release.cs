namespace BuildFunctions.Broker.Artifacts;

/// <summary>What can be deployed.</summary>
/// <param name="Id">The digest of its index.</param>
public sealed record Release(string Id, int Files, long Bytes, IReadOnlyList<string> Warnings);
