namespace Azure.Data.Tables;

/// <summary>What every stored entity has: its two keys, and what the service says of its last write.</summary>
public interface ITableEntity
{
    /// <summary>Names the partition; entities of one partition can be written in one transaction.</summary>
    string PartitionKey { get; set; }

    /// <summary>Names the entity within its partition.</summary>
    string RowKey { get; set; }

    /// <summary>When the service last wrote the entity. Never sent.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version of the entity. Never sent as a property.</summary>
    ETag ETag { get; set; }
}
