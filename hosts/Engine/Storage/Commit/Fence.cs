using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage.Commit;

/// <summary>
/// The row that every transaction of a shard writes under its ETag: it shuts out earlier owners, makes applied batches one chain, and tells
/// afterwards whether a batch was applied.
/// </summary>
internal sealed record Fence(string Owner, long Epoch, long BatchNumber, string LastBatch, string? ETag)
{
    public const string Key = "!fence";

    public static Fence Of(Row row) => new(row.Text("Owner") ?? "", row.Number("Epoch"), row.Number("Batch"), row.Text("LastBatch") ?? "", row.ETag);

    public Fence TakenBy(string owner, long epoch) => this with { Owner = owner, Epoch = epoch };

    public Fence Advance(string batch) => this with { BatchNumber = BatchNumber + 1, LastBatch = batch };

    public bool IsAsWritten(Fence other) => this with { ETag = null } == other with { ETag = null };

    public RowOperation Insert() => RowOperation.Insert(Key, Columns());

    public RowOperation Renew() => RowOperation.Merge(Key, Columns(), ETag);

    private Dictionary<string, object> Columns() => new()
    {
        ["Owner"] = Owner,
        ["Epoch"] = Epoch,
        ["Batch"] = BatchNumber,
        ["LastBatch"] = LastBatch,
    };
}
