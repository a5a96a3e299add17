using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Cache;

/// <summary>What a build is told by the cache.</summary>
/// <param name="Warning">Something was stored that must not be used.</param>
public sealed record CacheAnswer(BuiltRelease? Release, BuildCacheResult Result, string? Warning = null);
