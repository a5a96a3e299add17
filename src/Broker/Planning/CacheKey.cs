using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Planning;

/// <summary>The canonical hash over everything that decides what a build produces; its parts are kept, so that a miss can be explained.</summary>
public sealed record CacheKey
{
    private const string HiddenPrefix = "env.";
    private const string Secrets = "secrets";

    private const int LongestShown = 200;

    public required IReadOnlyDictionary<string, string> Parts { get; init; }

    public required string Hash { get; init; }

    public static CacheKey Of(IEnumerable<KeyValuePair<string, string?>> parts)
    {
        SortedDictionary<string, string> sorted = new(StringComparer.Ordinal);
        foreach (var (name, value) in parts)
        {
            sorted[name] = value ?? "";
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in sorted)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return new CacheKey { Parts = sorted, Hash = Convert.ToHexStringLower(SHA256.HashData(stream.ToArray())) };
    }

    public CacheKey With(string name, string value) => Of(Parts.Select(part => KeyValuePair.Create(part.Key, (string?)part.Value)).Append(new(name, value)));

    /// <summary>Parts for values that must not be stored or shown.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Hidden(IReadOnlyDictionary<string, string> values) =>
        values.Select(pair => KeyValuePair.Create(HiddenPrefix + pair.Key, (string?)HashOf($"{pair.Key}={pair.Value}")));

    /// <summary>As it is kept for comparing: a long value is its start and a hash of the whole.</summary>
    internal CacheKey Shortened() => this with
    {
        Parts = Parts.ToDictionary(part => part.Key, part => part.Value.Length <= LongestShown ? part.Value : $"{part.Value[..(LongestShown - 80)]}… (SHA-256 {HashOf(part.Value)})"),
    };

    /// <summary>What differs from another build's key, both shortened.</summary>
    internal IReadOnlyList<CacheDifference> DifferencesFrom(CacheKey other) =>
    [
        .. Parts.Keys.Union(other.Parts.Keys)
            .Where(name => Parts.GetValueOrDefault(name) != other.Parts.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal)
            .Select(name => name == Secrets || name.StartsWith(HiddenPrefix, StringComparison.Ordinal)
                ? new CacheDifference(name)
                : new CacheDifference(name, other.Parts.GetValueOrDefault(name), Parts.GetValueOrDefault(name))),
    ];

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
