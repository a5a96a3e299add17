namespace BuildFunctions.Broker.Artifacts;

/// <summary>A file in compressed form, elsewhere in the pack.</summary>
/// <param name="Sha256">Of the compressed bytes; null in releases that were made before it was kept.</param>
public sealed record ReleaseEncoding(string Name, long Offset, long Length, string? Sha256 = null);
