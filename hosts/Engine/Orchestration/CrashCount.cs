using System.Text.Json;
using BuildFunctions.Engine.History;
using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>How many processes died while a task (or the orchestrator itself, <see cref="Turn"/>) was running, as the head row keeps it.</summary>
internal static class CrashCount
{
    public const string Turn = "turn";

    public static string Of(int task) => task.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static int Get(string? crashes, string key) => Read(crashes).GetValueOrDefault(key);

    public static string Add(string? crashes, IEnumerable<string> keys)
    {
        var counts = Read(crashes);
        foreach (var key in keys)
        {
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return JsonSerializer.Serialize(counts, HistoryJson.Default.IReadOnlyDictionaryStringInt32);
    }

    /// <summary>A step that was committed clears the orchestrator and the tasks it closed.</summary>
    public static string? After(string? crashes, IEnumerable<HistoryEvent> events)
    {
        if (crashes is null)
        {
            return null;
        }

        var counts = Read(crashes);
        counts.Remove(Turn);
        foreach (var closing in events.OfType<Closing>())
        {
            counts.Remove(Of(closing.Id));
        }

        return counts.Count == 0 ? null : JsonSerializer.Serialize(counts, HistoryJson.Default.IReadOnlyDictionaryStringInt32);
    }

    private static Dictionary<string, int> Read(string? crashes) => crashes is null
        ? [] : new(JsonSerializer.Deserialize(crashes, HistoryJson.Default.IReadOnlyDictionaryStringInt32)!);
}
