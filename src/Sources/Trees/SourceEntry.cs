namespace BuildFunctions.Sources.Trees;

/// <summary>A file or a symbolic link that belongs to a source tree; folders are implied by the paths.</summary>
public sealed record SourceEntry(string Path, long Length, string? LinkTarget);
