using System.Globalization;
using Azure.Data.Tables;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Audit;

/// <summary>The rows of the audit table: one partition, newest first, so that a page and a time are ranges of keys.</summary>
internal static class AuditRows
{
    public const string Partition = "audit";

    private const int LongestText = 300;

    /// <summary>The random part keeps entries of one moment and of several hosts apart.</summary>
    public static string Id(DateTimeOffset at, long random) => string.Create(CultureInfo.InvariantCulture, $"{Before(at)}-{random:x16}");

    /// <summary>The key that comes after those of every later moment and before those of every earlier one.</summary>
    public static string Before(DateTimeOffset at) => (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("d19", CultureInfo.InvariantCulture);

    public static TableEntity Write(AuditEntry entry) => new(Partition, entry.Id)
    {
        ["At"] = entry.At,
        ["Actor"] = Clean(entry.Actor),
        ["Label"] = Clean(entry.Label),
        ["From"] = entry.From,
        ["Action"] = entry.Action,
        ["App"] = entry.App?.ToString(),
        ["Target"] = Clean(entry.Target),
        ["Status"] = entry.Status,
        ["Answered"] = entry.Outcome == AuditOutcome.Answered,
        ["Detail"] = Clean(entry.Detail),
    };

    public static AuditEntry Read(TableEntity row) => new()
    {
        Id = row.RowKey,
        At = row.GetDateTimeOffset("At") ?? default,
        Actor = row.GetString("Actor"),
        Label = row.GetString("Label"),
        From = row.GetString("From"),
        Action = row.GetString("Action"),
        App = AppName.TryParse(row.GetString("App"), out var app) ? app : null,
        Target = row.GetString("Target"),
        Status = row.GetInt32("Status"),
        Outcome = row.GetBoolean("Answered") == true ? AuditOutcome.Answered : AuditOutcome.Unknown,
        Detail = row.GetString("Detail"),
    };

    /// <summary>Names come from outside: no line of the log can be made to look like two.</summary>
    private static string? Clean(string? text) => text is null ? null
        : string.Concat((text.Length > LongestText ? text[..LongestText] : text).Select(one => char.IsControl(one) || char.IsSurrogate(one) ? '\uFFFD' : one));
}
