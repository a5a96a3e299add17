using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets.Protection;
using BuildFunctions.Broker.Secrets.Redaction;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Secrets;

/// <summary>Secrets of apps and of the broker as a whole, encrypted. They come out again only for a run that names them and for the redactor.</summary>
public sealed class SecretStore(BrokerStorage storage, SecretBox box, TimeProvider clock)
{
    /// <summary>Bytes of a value as UTF-8.</summary>
    public const int LargestValue = 32 * 1024;

    public const string TooShort = "A value of fewer than 6 characters is not masked in logs: it would mask ordinary words.";

    private const int MostInScope = 100;

    /// <summary>For how long a value that was replaced or removed is still masked in logs; longer than any run.</summary>
    private static readonly TimeSpan _afterlife = TimeSpan.FromDays(1);

    private readonly SecretRows _rows = new(storage);
    private int _changes;

    /// <summary>Counts what this process has changed.</summary>
    internal int Changes => Volatile.Read(ref _changes);

    public static bool IsMasked(string value) => value.Length >= SecretRedactor.Shortest;

    public async Task<StoredSecret> SetAsync(SecretScope scope, string name, string value, CancellationToken cancellation)
    {
        Check(name, value);
        while (true)
        {
            var before = await _rows.FindAsync(scope, name, cancellation);
            if (before is not null && Open(before) == value)
            {
                // The same value stays the same version: what was built with it is still good.
                return Describe(scope, before);
            }

            await CheckRoomAsync(scope, before, cancellation);
            var row = SecretRows.New(scope, name, box.Close(PlaceOf(scope, name), value), NewVersion(), clock.GetUtcNow());
            TableTransactionAction[] actions = before is null
                ? [new(TableTransactionActionType.Add, row)]
                : [new(TableTransactionActionType.UpdateReplace, row, before.ETag), Retiring(before)];
            if (await TrySubmitAsync(actions, cancellation))
            {
                return Describe(scope, row);
            }
        }
    }

    /// <returns>False where there is no such secret.</returns>
    public async Task<bool> RemoveAsync(SecretScope scope, string name, CancellationToken cancellation)
    {
        while (SecretName.IsValid(name) && await _rows.FindAsync(scope, name, cancellation) is { } row)
        {
            if (await TrySubmitAsync([new(TableTransactionActionType.Delete, row, row.ETag), Retiring(row)], cancellation))
            {
                return true;
            }
        }

        return false;
    }

    public async Task<IReadOnlyList<StoredSecret>> ListAsync(SecretScope scope, CancellationToken cancellation) =>
        [.. (await _rows.ListAsync(scope, withValues: false, DateTimeOffset.MaxValue, cancellation)).Select(row => Describe(scope, row)).OrderBy(secret => secret.Name, StringComparer.Ordinal)];

    public async Task<string?> ReadAsync(SecretScope scope, string name, CancellationToken cancellation) =>
        await _rows.FindAsync(scope, name, cancellation) is { } row ? Open(row) : null;

    /// <summary>Every value of the scope that may show up in a log, also those that were replaced or removed lately.</summary>
    internal async Task<IReadOnlyList<string>> ValuesAsync(SecretScope scope, CancellationToken cancellation) =>
        [.. (await _rows.ListAsync(scope, withValues: true, clock.GetUtcNow() - _afterlife, cancellation)).Select(Open)];

    /// <summary>Removes for good what was replaced or removed long enough ago.</summary>
    public Task<int> ForgetRetiredAsync(CancellationToken cancellation) => _rows.ForgetAsync(clock.GetUtcNow() - _afterlife, cancellation);

    private static void Check(string name, string value)
    {
        var fault = !SecretName.IsValid(name) ? new ValidationFault("name", SecretName.Rule)
            : value.Length == 0 ? new ValidationFault("value", "The value is empty.")
            : value.Contains('\0', StringComparison.Ordinal) ? new ValidationFault("value", "An environment variable holds no NUL character.")
            : Encoding.UTF8.GetByteCount(value) > LargestValue ? new ValidationFault("value", $"The value has more than {LargestValue} bytes.")
            : null;
        if (fault is not null)
        {
            throw RejectedException.Invalid([fault]);
        }
    }

    private async Task CheckRoomAsync(SecretScope scope, TableEntity? before, CancellationToken cancellation)
    {
        if (before is null && (await ListAsync(scope, cancellation)).Count >= MostInScope)
        {
            throw RejectedException.Invalid([new ValidationFault("name", $"There are {MostInScope} secrets already; remove one that nobody needs.")]);
        }
    }

    private async Task<bool> TrySubmitAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellation)
    {
        try
        {
            await _rows.SubmitAsync(actions, cancellation);
            Interlocked.Increment(ref _changes);
            return true;
        }
        catch (RequestFailedException moved) when (moved.Status is 404 or 409 or 412)
        {
            // Somebody else has changed it since it was read.
            return false;
        }
    }

    private TableTransactionAction Retiring(TableEntity row) => new(TableTransactionActionType.UpsertReplace, SecretRows.Retire(row, clock.GetUtcNow()));

    private string Open(TableEntity row) => box.Open($"{row.PartitionKey}/{SecretRows.NameOf(row)}", row.GetBinary(SecretRows.Value));

    private static string PlaceOf(SecretScope scope, string name) => $"{scope.Partition}/{name}";

    private static StoredSecret Describe(SecretScope scope, TableEntity row) =>
        new(SecretRows.NameOf(row), scope.App, row.GetString(SecretRows.Version), row.GetDateTimeOffset(SecretRows.UpdatedAt) ?? default);

    private static string NewVersion() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));
}
