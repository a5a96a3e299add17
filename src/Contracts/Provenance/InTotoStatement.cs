using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Provenance;

/// <summary>An in-toto Statement v1; what the predicate is like, its type says.</summary>
public sealed record InTotoStatement
{
    public const string V1 = "https://in-toto.io/Statement/v1";

    [JsonPropertyName("_type")]
    public required string Type { get; init; }

    public required IReadOnlyList<ResourceDescriptor> Subject { get; init; }

    public required string PredicateType { get; init; }

    public required JsonElement Predicate { get; init; }
}
