namespace BuildFunctions.Broker.Artifacts;

/// <summary>A file in compressed form, elsewhere in the pack.</summary>
public sealed record ReleaseEncoding(string Name, long Offset, long Length);
