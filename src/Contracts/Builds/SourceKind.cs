using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Builds;

/// <summary>Where a build's source comes from: sent by the client, or cloned from <see cref="BuildRequest.Repo"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SourceKind>))]
public enum SourceKind
{
    [JsonStringEnumMemberName("upload")] Upload,
    [JsonStringEnumMemberName("git")] Git,
}
