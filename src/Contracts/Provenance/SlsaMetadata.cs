using System.Text.Json.Serialization;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Contracts.Provenance;

public sealed record SlsaMetadata
{
    public required string InvocationId { get; init; }

    public DateTimeOffset? StartedOn { get; init; }

    public DateTimeOffset? FinishedOn { get; init; }

    /// <summary>All attempts up to the one that made the artifact; an extension, named as SLSA wants those to be named.</summary>
    [JsonPropertyName("buildfunctions_attempts")]
    public IReadOnlyList<BuildAttempt> Attempts { get; init; } = [];
}
