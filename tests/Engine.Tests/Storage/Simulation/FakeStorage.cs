using Azure.Data.Tables;
using BuildFunctions.Engine.Storage.Commit;
using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Tests.Storage.Simulation;

/// <summary>One storage account in memory, as exact as the engine can tell; and the checks that hold after every single transaction.</summary>
internal sealed class FakeStorage(SimWorld world)
{
    private const int PageSize = 1000;

    private readonly List<(Dictionary<string, SortedDictionary<string, Row>> Tables, string Owner)> _past = [];
    private readonly Dictionary<string, List<string>> _owners = [];
    private Dictionary<string, SortedDictionary<string, Row>> _partitions = [];
    private (string Id, long Until)? _lease;
    private long _etags;

    public Dictionary<string, StoredBlobContent> Blobs { get; private set; } = new(StringComparer.Ordinal);

    public string Owner { get; set; } = "";

    public bool HasForeignInstances { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>What went wrong with the data itself; empty unless the protocol is broken.</summary>
    public List<string> Violations { get; } = [];

    public int Transactions { get; private set; }

    public IEnumerable<Row> Rows => _partitions.Values.SelectMany(partition => partition.Values);

    public IReadOnlyList<string?> Transact(string partition, IReadOnlyList<RowOperation> operations)
    {
        RequireTable();
        RequireWithinLimits(operations);
        var rows = Partition(partition);
        foreach (var operation in operations)
        {
            var stored = rows.GetValueOrDefault(operation.Key);
            var status = (operation.Kind, stored) switch
            {
                (TableTransactionActionType.Add, not null) => 409,
                (TableTransactionActionType.Add, null) => 0,
                (_, null) => 404,
                _ => operation.ETag is null || operation.ETag == stored.ETag ? 0 : 412,
            };
            if (status != 0)
            {
                throw new TransportException(status, $"{operation.Kind} {operation.Key}");
            }
        }

        _past.Add((Copy(), Owner));
        _past.RemoveRange(0, Math.Max(0, _past.Count - 10));
        var etags = operations.Select(operation => Apply(rows, operation)).ToList();
        Transactions++;
        Check(partition, operations);
        return etags;
    }

    public Row? Get(string partition, string key, IReadOnlyList<string>? columns)
    {
        RequireTable();
        return Partition(partition).GetValueOrDefault(key) is { } row ? Select(row, columns) : null;
    }

    public RowPage Query(string partition, string from, string to, IReadOnlyList<string>? columns, string? continuation)
    {
        RequireTable();
        var start = continuation ?? from;
        var found = Partition(partition).Values
            .Where(row => string.CompareOrdinal(row.Key, start) >= 0 && string.CompareOrdinal(row.Key, to) < 0)
            .Take(PageSize + 1).ToList();
        return new([.. found.Take(PageSize).Select(row => Select(row, columns))], found.Count > PageSize ? found[PageSize].Key : null);
    }

    public bool PutBlob(string name, ReadOnlyMemory<byte> content, DateTimeOffset now) => Blobs.TryAdd(name, new(content, now));

    public bool Acquire(string id, TimeSpan duration)
    {
        RequireTable();
        if (_lease is { } held && held.Until > world.Now && held.Id != id)
        {
            return false;
        }

        _lease = (id, world.Now + duration.Ticks);
        return true;
    }

    public bool Renew(string id, TimeSpan duration)
    {
        if (_lease?.Id != id)
        {
            return false;
        }

        _lease = (id, world.Now + duration.Ticks);
        return true;
    }

    public bool Release(string id)
    {
        if (_lease?.Id != id)
        {
            throw new TransportException(409, "LeaseIdMismatchWithLeaseOperation");
        }

        return BreakLease();
    }

    public bool BreakLease()
    {
        _lease = null;
        return true;
    }

    public bool WriteOwner(string body, string leaseId)
    {
        if (_lease is not { } held || held.Id != leaseId || held.Until <= world.Now)
        {
            throw new TransportException(412, "LeaseIdMismatchWithBlobOperation");
        }

        Owner = body;
        return true;
    }

    /// <summary>An administrator's hand, past all conditions.</summary>
    public void Edit(string partition, string key, Func<Row, Row?> change)
    {
        var rows = Partition(partition);
        var row = rows[key];
        rows.Remove(key);
        if (change(row) is { } changed)
        {
            rows[key] = changed;
        }
    }

    public void Insert(string partition, Row row) => Partition(partition)[row.Key] = row;

    /// <summary>Back to before the last so many transactions.</summary>
    public void GoBack(int transactions)
    {
        if (_past.Count < transactions)
        {
            return;
        }

        (_partitions, Owner) = _past[^transactions];
        _past.RemoveRange(_past.Count - transactions, transactions);
        _owners.Clear();
    }

    private static Row Select(Row row, IReadOnlyList<string>? columns) =>
        columns is null ? row : row with { Columns = row.Columns.Where(column => columns.Contains(column.Key)).ToDictionary() };

    private static void RequireWithinLimits(IReadOnlyList<RowOperation> operations)
    {
        var texts = operations.SelectMany(operation => operation.Columns.Values).OfType<string>().ToList();
        if (operations.Count > 100 || operations.DistinctBy(operation => operation.Key).Count() < operations.Count
            || texts.Exists(text => text.Length > 32_768) || operations.Any(operation => operation.Columns.Count > 252))
        {
            throw new TransportException(400, "The request is beyond the limits of the service.");
        }

        if (texts.Sum(text => (long)text.Length) > 4_000_000)
        {
            throw new TransportException(413, "The request is too large.");
        }
    }

    private string? Apply(SortedDictionary<string, Row> rows, RowOperation operation)
    {
        if (operation.Kind == TableTransactionActionType.Delete)
        {
            rows.Remove(operation.Key);
            return null;
        }

        var columns = operation.Kind == TableTransactionActionType.UpdateMerge ? rows[operation.Key].Columns.ToDictionary() : [];
        foreach (var (name, value) in operation.Columns)
        {
            columns[name] = value;
        }

        var row = new Row(operation.Key, columns, $"e{++_etags}");
        rows[operation.Key] = row;
        return row.ETag;
    }

    private void Check(string partition, IReadOnlyList<RowOperation> operations)
    {
        var rows = Partition(partition);
        if (rows.TryGetValue(Fence.Key, out var fence))
        {
            var owners = _owners.TryGetValue(partition, out var known) ? known : _owners[partition] = [];
            var owner = fence.Text("Owner")!;
            if (owners.LastOrDefault() != owner)
            {
                if (owners.Contains(owner))
                {
                    Violations.Add($"{owner} wrote {partition} after a later owner");
                }

                owners.Add(owner);
            }
        }

        foreach (var id in operations.Where(operation => operation.Key is [_, '|', ..]).Select(operation => operation.Key.Split('|')[1]))
        {
            if (rows.ContainsKey("L|" + id) && rows.ContainsKey("T|" + id))
            {
                Violations.Add($"{id} is live and terminal");
            }
        }
    }

    private Dictionary<string, SortedDictionary<string, Row>> Copy() =>
        _partitions.ToDictionary(partition => partition.Key, partition => new SortedDictionary<string, Row>(partition.Value, StringComparer.Ordinal));

    private SortedDictionary<string, Row> Partition(string name) =>
        _partitions.TryGetValue(name, out var rows) ? rows : _partitions[name] = new(StringComparer.Ordinal);

    private void RequireTable()
    {
        if (IsDeleted)
        {
            throw new TransportException(404, "TableNotFound");
        }
    }

    internal sealed record StoredBlobContent(ReadOnlyMemory<byte> Content, DateTimeOffset CreatedAt);
}
