using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Builds;

/// <summary>Which older builds of the same app, ref and target a newer one ends when its source has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Supersede>))]
public enum Supersede
{
    /// <summary>None.</summary>
    [JsonStringEnumMemberName("off")] Off,

    /// <summary>Those that wait.</summary>
    [JsonStringEnumMemberName("queued")] Queued,

    /// <summary>Those that wait or run.</summary>
    [JsonStringEnumMemberName("running")] Running,
}
