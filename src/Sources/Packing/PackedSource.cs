using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Packing;

/// <summary>The archive that was written: its size and SHA-256 (lower-case hex), and what it was made of.</summary>
public sealed record PackedSource(long Size, string Sha256, int Files, long UnpackedSize, IReadOnlyList<SkippedEntry> Skipped) : PackResult;
