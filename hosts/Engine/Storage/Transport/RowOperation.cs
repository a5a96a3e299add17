using Azure.Data.Tables;

namespace BuildFunctions.Engine.Storage.Transport;

/// <summary>One operation of a transaction. All but Insert need the row to exist, with <paramref name="ETag"/> unless that is null.</summary>
internal sealed record RowOperation(
    TableTransactionActionType Kind, string Key, IReadOnlyDictionary<string, object> Columns, string? ETag = null)
{
    private static readonly Dictionary<string, object> _nothing = [];

    public static RowOperation Insert(string key, IReadOnlyDictionary<string, object> columns) =>
        new(TableTransactionActionType.Add, key, columns);

    public static RowOperation Merge(string key, IReadOnlyDictionary<string, object> columns, string? etag = null) =>
        new(TableTransactionActionType.UpdateMerge, key, columns, etag);

    public static RowOperation Replace(string key, IReadOnlyDictionary<string, object> columns, string? etag = null) =>
        new(TableTransactionActionType.UpdateReplace, key, columns, etag);

    public static RowOperation Delete(string key, string? etag = null) => new(TableTransactionActionType.Delete, key, _nothing, etag);
}
