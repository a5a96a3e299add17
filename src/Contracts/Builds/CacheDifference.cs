namespace BuildFunctions.Contracts.Builds;

/// <summary>A part of the cache key that differs from another build's. Values that may be secret, and those that a build does not have, are absent.</summary>
public sealed record CacheDifference(string Part, string? Before = null, string? Now = null);
