using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace BuildFunctions.Engine.History;

/// <summary>The stored form of histories, failures and the small maps of a head row.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    AllowOutOfOrderMetadataProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<HistoryEvent>))]
[JsonSerializable(typeof(TaskFailureDetails))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, int>))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    public static string Write(IReadOnlyList<HistoryEvent> events) => JsonSerializer.Serialize(events, Default.IReadOnlyListHistoryEvent);

    public static IReadOnlyList<HistoryEvent> Read(string text) => JsonSerializer.Deserialize(text, Default.IReadOnlyListHistoryEvent)!;

    public static string? Write(TaskFailureDetails? failure) =>
        failure is null ? null : JsonSerializer.Serialize(failure, Default.TaskFailureDetails);

    public static TaskFailureDetails? ReadFailure(string? text) =>
        text is null ? null : JsonSerializer.Deserialize(text, Default.TaskFailureDetails);
}
