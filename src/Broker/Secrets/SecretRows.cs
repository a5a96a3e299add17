using System.Globalization;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Broker.Secrets;

/// <summary>
/// The rows of secrets: one for the value that counts, and for a time one for each value before it, since runs that were given it still go on
/// and may print it.
/// </summary>
internal sealed class SecretRows(BrokerStorage storage)
{
    public const string Value = "Value";
    public const string Version = "Version";
    public const string UpdatedAt = "UpdatedAt";
    public const string RetiredAt = "RetiredAt";

    private const string Live = "live|";
    private const string Retired = "was|";

    public static TableEntity New(SecretScope scope, string name, byte[] value, string version, DateTimeOffset at) =>
        new(scope.Partition, Live + name) { [Value] = value, [Version] = version, [UpdatedAt] = at };

    public static TableEntity Retire(TableEntity row, DateTimeOffset at) => new(row.PartitionKey, $"{Retired}{NameOf(row)}|{row.GetString(Version)}")
    {
        [Value] = row.GetBinary(Value),
        [Version] = row.GetString(Version),
        [RetiredAt] = at,
    };

    public static bool IsLive(TableEntity row) => row.RowKey.StartsWith(Live, StringComparison.Ordinal);

    public static string NameOf(TableEntity row) => row.RowKey.Split('|')[1];

    public async Task<TableEntity?> FindAsync(SecretScope scope, string name, CancellationToken cancellation)
    {
        var answer = await storage.Secrets.GetEntityIfExistsAsync<TableEntity>(scope.Partition, Live + name, cancellationToken: cancellation);
        return answer.HasValue ? answer.Value : null;
    }

    /// <summary>All rows of a scope, those that were retired before <paramref name="since"/> left out.</summary>
    public async Task<List<TableEntity>> ListAsync(SecretScope scope, bool withValues, DateTimeOffset since, CancellationToken cancellation)
    {
        string[] columns = ["PartitionKey", "RowKey", Version, UpdatedAt, RetiredAt, .. withValues ? [Value] : (string[])[]];
        List<TableEntity> rows = [];
        await foreach (var row in storage.Secrets.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {scope.Partition}"), select: columns, cancellationToken: cancellation))
        {
            if (IsLive(row) || row.GetDateTimeOffset(RetiredAt) >= since)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>In one transaction, and on the condition that the live row is still the one that was read.</summary>
    public Task SubmitAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellation) =>
        storage.Secrets.SubmitTransactionAsync(actions, cancellation);

    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var removed = 0;
        var filter = $"{RetiredAt} lt datetime'{before.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture)}'";
        await foreach (var row in storage.Secrets.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
        {
            await storage.Secrets.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellation);
            removed++;
        }

        return removed;
    }
}
