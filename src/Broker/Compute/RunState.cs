using System.Text.Json.Serialization;

namespace BuildFunctions.Broker.Compute;

/// <summary>Where a run stands. All but the first two are final.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunState>))]
public enum RunState
{
    [JsonStringEnumMemberName("queued")] Queued,
    [JsonStringEnumMemberName("running")] Running,
    [JsonStringEnumMemberName("succeeded")] Succeeded,
    [JsonStringEnumMemberName("failed")] Failed,
    [JsonStringEnumMemberName("cancelled")] Cancelled,

    /// <summary>Its own deadline ended it.</summary>
    [JsonStringEnumMemberName("timed-out")] TimedOut,

    /// <summary>The provider does not know it any more, or it ended without a result: not the build's fault.</summary>
    [JsonStringEnumMemberName("lost")] Lost,
}
