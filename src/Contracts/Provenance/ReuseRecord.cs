using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Provenance;

/// <summary>The predicate about a build that took an earlier build's artifact from the cache.</summary>
/// <param name="Original">SHA-256 of the envelope that says how the artifact was made, as it was stored; absent where there was none.</param>
public sealed record ReuseRecord(BuildId Build, AppName App, BuildId ReusedFrom, string CacheKey, string? Original, DateTimeOffset At)
{
    public const string V1 = "urn:buildfunctions:reuse:v1";
}
