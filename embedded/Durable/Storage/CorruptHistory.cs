using System.Text.Json.Nodes;

namespace BuildFunctions.Embedded.Durable.Storage;

/// <summary>What the failure of an instance says whose history cannot be read.</summary>
internal static class CorruptHistory
{
    public const string ErrorType = "HistoryCorrupt";

    public static string Describe(Exception reason) =>
        new JsonObject { ["ErrorType"] = ErrorType, ["ErrorMessage"] = reason.Message }.ToJsonString();
}
