namespace BuildFunctions.Sources.Detection;

/// <summary>One decision: what was read, and what follows from it.</summary>
public sealed record Evidence(string Source, string Decision);
