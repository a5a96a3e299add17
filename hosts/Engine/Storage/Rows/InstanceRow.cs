using BuildFunctions.Engine.Storage.Transport;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Storage.Rows;

/// <summary>A head row with its current page of events, as last written by this owner. No ETag: whatever is stored, as the fence vouches for it.</summary>
internal sealed record InstanceRow(InstanceHead Head, int Page, long Units, IReadOnlyList<KeyValuePair<string, string>> Events, string? ETag)
{
    public Dictionary<string, object> Columns()
    {
        var columns = HeadColumns.Encode(Head);
        columns[HeadColumns.Page] = Page;
        columns[HeadColumns.Units] = Units;
        foreach (var (name, text) in Events)
        {
            columns[name] = text;
        }

        return columns;
    }

    /// <summary>A <see cref="FormatException"/> when the head is damaged.</summary>
    public static InstanceRow Of(Row row) => row.Text("Id") is null || !Enum.TryParse<OrchestrationRuntimeStatus>(row.Text("Status"), out _)
        ? throw new FormatException($"Row {row.Key} has no id or no status that is known.")
        : new(
            HeadColumns.Decode(row), (int)row.Number(HeadColumns.Page), row.Number(HeadColumns.Units), [.. EventColumns.Of(row)], row.ETag);
}
