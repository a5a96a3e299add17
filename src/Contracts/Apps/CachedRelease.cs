using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Apps;

/// <summary>A release that builds with the same inputs get without being built.</summary>
public sealed record CachedRelease(string Key, BuildId? Build, string Release, long Bytes, DateTimeOffset UsedAt);
