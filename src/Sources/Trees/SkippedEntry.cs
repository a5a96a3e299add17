namespace BuildFunctions.Sources.Trees;

/// <summary>What stayed behind, and the rule that said so. A folder stands for all that is in it.</summary>
public sealed record SkippedEntry(string Path, string Reason);
