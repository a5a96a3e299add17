namespace BuildFunctions.Broker.Builds;

/// <summary>A source that is stored and checked: the event that a waiting build is told.</summary>
public sealed record ReceivedSource(string Digest, long Size, string? Commit = null);
