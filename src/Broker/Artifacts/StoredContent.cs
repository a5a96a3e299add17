namespace BuildFunctions.Broker.Artifacts;

/// <summary>A blob that is named by what it holds.</summary>
public sealed record StoredContent(string Sha256, long Length);
