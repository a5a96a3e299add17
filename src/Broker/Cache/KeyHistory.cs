using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Cache;

/// <summary>The keys of an app's last few builds, so that a build finds the one before it however often it looks.</summary>
public sealed record KeyHistory(IReadOnlyList<BuildKey> Keys)
{
    private const int Most = 4;

    public BuildKey? Before(BuildId build) => Keys.LastOrDefault(key => string.CompareOrdinal(key.Build.ToString(), build.ToString()) < 0);

    public KeyHistory With(BuildKey key) => Keys.Any(known => known.Build == key.Build)
        ? this
        : new([.. Keys.Append(key).OrderBy(known => known.Build.ToString(), StringComparer.Ordinal).TakeLast(Most)]);
}
