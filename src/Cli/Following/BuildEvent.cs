using System.Text.Json.Serialization;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Following;

/// <summary>One event of a build that is followed, and one line of what <c>--json</c> writes meanwhile.</summary>
internal sealed record BuildEvent
{
    /// <summary>One of <see cref="BuildStreamEvent"/>.</summary>
    [JsonPropertyName("event")]
    public required string Name { get; init; }

    /// <summary>For a piece of the log: the byte offset behind it.</summary>
    public long? Offset { get; init; }

    public string? Text { get; init; }

    public Build? Build { get; init; }
}
