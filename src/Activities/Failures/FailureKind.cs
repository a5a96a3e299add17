using System.Text.Json.Serialization;

namespace BuildFunctions.Activities.Failures;

/// <summary>What may be done about a failure.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureKind>))]
public enum FailureKind
{
    /// <summary>A bug or a fault nobody foresaw: the step is tried a few times more.</summary>
    Unexpected,

    /// <summary>Trying again would end the same.</summary>
    Rejected,

    /// <summary>The step is tried again.</summary>
    Transient,

    /// <summary>The attempt is made again elsewhere.</summary>
    WorkerLost,
}
