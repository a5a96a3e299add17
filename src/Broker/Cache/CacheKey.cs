using System.Security.Cryptography;
using System.Text.Json;

namespace BuildFunctions.Broker.Cache;

/// <summary>The canonical hash over everything that decides what a build produces; its parts are kept, so that a miss can be explained.</summary>
public sealed record CacheKey
{
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

    /// <summary>A hash that stands for values that must not be stored or shown.</summary>
    public static string HashOf(IEnumerable<KeyValuePair<string, string>> values) =>
        Of(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Hash;

    /// <summary>The parts that differ from another build's, in words.</summary>
    public string? DiffersFrom(CacheKey other)
    {
        var differing = Parts.Keys.Union(other.Parts.Keys).Where(name => Parts.GetValueOrDefault(name) != other.Parts.GetValueOrDefault(name)).Order().ToList();
        return differing.Count == 0 ? null : $"changed since the last build: {string.Join(", ", differing)}";
    }
}
