namespace BuildFunctions.Contracts.Builds;

/// <summary>One page of a list, newest first; no cursor means that it was the last.</summary>
public sealed record BuildPage(IReadOnlyList<Build> Items, string? Cursor = null);
