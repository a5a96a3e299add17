using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Audit;

/// <summary>What is known of how it ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditOutcome>))]
public enum AuditOutcome
{
    /// <summary>It was announced and its end never written: the broker stopped meanwhile, or another host is still at it.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>This host is still at it.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>It was done or refused, as the status says.</summary>
    [JsonStringEnumMemberName("answered")] Answered,
}
