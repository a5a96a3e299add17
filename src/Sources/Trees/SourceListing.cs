namespace BuildFunctions.Sources.Trees;

/// <summary>What a folder would send, in ordinal order, and what is wrong with it.</summary>
public sealed record SourceListing(IReadOnlyList<SourceEntry> Entries, IReadOnlyList<SkippedEntry> Skipped, IReadOnlyList<string> Faults);
