using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Access;

/// <summary>What a token may do; each right holds those before it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Right>))]
public enum Right
{
    /// <summary>See builds, logs, artifacts, apps and deployments.</summary>
    [JsonStringEnumMemberName("read")]
    Read,

    /// <summary>Start, cancel and retry builds that do not go live by themselves.</summary>
    [JsonStringEnumMemberName("trigger")]
    Trigger,

    /// <summary>Change what is live: builds for production, promote, rollback.</summary>
    [JsonStringEnumMemberName("deploy")]
    Deploy,

    /// <summary>Everything: tokens, secrets, providers, settings.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,
}
