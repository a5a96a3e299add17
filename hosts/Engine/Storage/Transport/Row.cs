namespace BuildFunctions.Engine.Storage.Transport;

/// <summary>A table row; a column is a string, an int, a long or a bool.</summary>
internal sealed record Row(string Key, IReadOnlyDictionary<string, object> Columns, string? ETag)
{
    public string? Text(string column) => Columns.GetValueOrDefault(column) as string;

    public long Number(string column) => Columns.GetValueOrDefault(column) switch { long value => value, int value => value, _ => 0 };
}
