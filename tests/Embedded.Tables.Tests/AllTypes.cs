using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class AllTypes : ITableEntity
{
    public string PartitionKey { get; set; } = "p";

    public string RowKey { get; set; } = "r";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string? Text { get; set; }

    public int Int32 { get; set; }

    public long Int64 { get; set; }

    public double Double { get; set; }

    public bool Boolean { get; set; }

    public Guid Guid { get; set; }

    public DateTimeOffset Time { get; set; }

    public DateTime Utc { get; set; } = DateTime.UnixEpoch;

    public byte[]? Bytes { get; set; }

    public BinaryData? Data { get; set; }

    public DayOfWeek Day { get; set; }

    public int? MaybeInt32 { get; set; }

    public long? MaybeInt64 { get; set; }

    public double? MaybeDouble { get; set; }

    public bool? MaybeBoolean { get; set; }

    public Guid? MaybeGuid { get; set; }

    public DateTimeOffset? MaybeTime { get; set; }

    public DayOfWeek? MaybeDay { get; set; }

    [DataMember(Name = "renamed_column")]
    public string? Renamed { get; init; }

    [IgnoreDataMember]
    public string? Ignored { get; set; }

    [IgnoreDataMember]
    public Version? NoSuchEdmType { get; set; }

    public int Computed => Int32 + 1;
}
