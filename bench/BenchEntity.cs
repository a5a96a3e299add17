using Azure;
using Azure.Data.Tables;

namespace BuildFunctions.Bench;

internal sealed record BenchEntity : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string Text { get; set; } = "";

    public int Count { get; set; }

    public long Total { get; set; }

    public DateTimeOffset At { get; set; }

    public Guid Id { get; set; }

    public bool Done { get; set; }
}
