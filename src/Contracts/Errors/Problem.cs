using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Errors;

/// <summary>An RFC 9457 problem document. <see cref="Fields"/> are its extension members, written beside the others.</summary>
public sealed record Problem
{
    public const string ContentType = "application/problem+json";

    public required string Code { get; init; }

    public required int Status { get; init; }

    public required string Title { get; init; }

    /// <summary>What happened this time, and what to do next.</summary>
    public string? Detail { get; init; }

    public string? Instance { get; init; }

    public string? TraceId { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Fields { get; set; }
}
