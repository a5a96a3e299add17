namespace Azure.Data.Tables.Json;

/// <summary>The names of what the service itself keeps of an entity.</summary>
internal static class SystemProperty
{
    public const string PartitionKey = "PartitionKey";
    public const string RowKey = "RowKey";
    public const string Timestamp = "Timestamp";
    public const string ETag = "odata.etag";
}
