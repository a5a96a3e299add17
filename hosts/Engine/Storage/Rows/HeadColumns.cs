using System.Globalization;
using BuildFunctions.Engine.Storage.Transport;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Storage.Rows;

/// <summary>The head of an instance as columns; what is null has none.</summary>
internal static class HeadColumns
{
    /// <summary>Number of pages that were rolled over to rows of their own.</summary>
    public const string Page = "Page";

    /// <summary>UTF-16 units of all events of the generation: what was cut off is noticed.</summary>
    public const string Units = "Units";

    /// <summary>Set while the instance is being purged.</summary>
    public const string Purge = "Purge";

    public static IReadOnlyList<string> Names { get; } =
    [
        "Id", "Name", "Gen", "Seq", "Status", "Created", "Updated", "Done", "Due", "Exec", "Ver", "Tags", "Custom", "In", "Out", "Fail",
        "ParentId", "ParentGen", "ParentTask", "Crash", Page, Units, Purge,
    ];

    public static Dictionary<string, object> Encode(InstanceHead head)
    {
        var columns = new Dictionary<string, object>
        {
            ["Id"] = head.Id,
            ["Name"] = head.Name,
            ["Gen"] = head.Generation,
            ["Seq"] = head.Sequence,
            ["Status"] = head.Status.ToString(),
            ["Created"] = Encode(head.CreatedAt),
            ["Updated"] = Encode(head.UpdatedAt),
        };
        Add("Done", head.CompletedAt is { } done ? Encode(done) : null);
        Add("Due", head.ScheduledStart is { } due ? Encode(due) : null);
        Add("Exec", head.ExecutionId);
        Add("Ver", head.Version);
        Add("Tags", head.Tags);
        Add("Custom", head.CustomStatus);
        Add("In", head.Input);
        Add("Out", head.Output);
        Add("Fail", head.Failure);
        Add("Crash", head.Crashes);
        if (head.ParentId is not null)
        {
            columns["ParentId"] = head.ParentId;
            columns["ParentGen"] = head.ParentGeneration;
            columns["ParentTask"] = head.ParentTaskId;
        }

        return columns;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                columns[name] = value;
            }
        }
    }

    /// <summary>Of a damaged row what can be read.</summary>
    public static InstanceHead Decode(Row row) => new()
    {
        Id = row.Text("Id") ?? InstanceKey.OfRow(row.Key).Text,
        Name = row.Text("Name") ?? "",
        Generation = (int)row.Number("Gen"),
        Sequence = (int)row.Number("Seq"),
        Status = Enum.TryParse(row.Text("Status"), out OrchestrationRuntimeStatus status) ? status : OrchestrationRuntimeStatus.Failed,
        CreatedAt = Time(row, "Created") ?? default,
        UpdatedAt = Time(row, "Updated") ?? default,
        CompletedAt = Time(row, "Done"),
        ScheduledStart = Time(row, "Due"),
        ExecutionId = row.Text("Exec"),
        Version = row.Text("Ver"),
        Tags = row.Text("Tags"),
        CustomStatus = row.Text("Custom"),
        Input = row.Text("In"),
        Output = row.Text("Out"),
        Failure = row.Text("Fail"),
        Crashes = row.Text("Crash"),
        ParentId = row.Text("ParentId"),
        ParentGeneration = (int)row.Number("ParentGen"),
        ParentTaskId = (int)row.Number("ParentTask"),
    };

    private static string Encode(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(Row row, string column) =>
        DateTimeOffset.TryParse(row.Text(column), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null;
}
