using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Builds;

/// <summary>What a successful build does with its artifact.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeployTarget>))]
public enum DeployTarget
{
    [JsonStringEnumMemberName("production")] Production,
    [JsonStringEnumMemberName("preview")] Preview,
    [JsonStringEnumMemberName("none")] None,
}
