using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Builds;

/// <summary>What a build is doing right now.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BuildPhase>))]
public enum BuildPhase
{
    [JsonStringEnumMemberName("awaiting-source")] AwaitingSource,
    [JsonStringEnumMemberName("queued")] Queued,
    [JsonStringEnumMemberName("preparing")] Preparing,
    [JsonStringEnumMemberName("dispatching")] Dispatching,
    [JsonStringEnumMemberName("building")] Building,
    [JsonStringEnumMemberName("fetching")] Fetching,
    [JsonStringEnumMemberName("validating")] Validating,
    [JsonStringEnumMemberName("deploying")] Deploying,
    [JsonStringEnumMemberName("cancelling")] Cancelling,
    [JsonStringEnumMemberName("done")] Done,
}
