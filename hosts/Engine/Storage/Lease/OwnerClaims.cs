using BuildFunctions.Engine.Storage.Rows;
using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage.Lease;

/// <summary>
/// Who is about to take the lease, written before it is asked for: a process that dies with the lease and before its owner's record is found here by the
/// next one on the same machine. A claim gives no right to anything.
/// </summary>
internal sealed class OwnerClaims(string owner, StorageContext storage)
{
    private const string Prefix = "!claim|";
    private const string Process = "Process";

    public async Task AddAsync(CancellationToken cancellation)
    {
        if (storage.Options.Process is { } process)
        {
            var claim = RowOperation.Insert(Prefix + owner, new Dictionary<string, object> { [Process] = process });
            await WriteAsync(claim, cancellation);
        }
    }

    /// <summary>Owners that this machine knows to have ended.</summary>
    public async Task<IReadOnlyList<string>> DeadAsync(CancellationToken cancellation) => storage.Options.Process is null ? [] :
    [
        .. (await storage.Retry.ReadAsync(() => storage.Transport.QueryAsync(Partition, Prefix, InstanceKey.After(Prefix), null, null, cancellation), cancellation)).Rows
            .Where(row => storage.Options.HasEnded(row.Text(Process) ?? "")).Select(row => row.Key[Prefix.Length..]),
    ];

    /// <summary>The owner's record stands now: what was claimed before says no more.</summary>
    public async Task ClearAsync(CancellationToken cancellation)
    {
        if (storage.Options.Process is not null)
        {
            foreach (var claim in (string[])[owner, .. await DeadAsync(cancellation)])
            {
                await WriteAsync(RowOperation.Delete(Prefix + claim), cancellation);
            }
        }
    }

    private static string Partition => InstanceKey.ShardName(0);

    private Task WriteAsync(RowOperation operation, CancellationToken cancellation) => storage.Retry.RunAsync(
        async () =>
        {
            try
            {
                await storage.Transport.TransactAsync(Partition, [operation], cancellation);
            }
            catch (TransportException e) when (e.IsConflict)
            {
                // There already, or gone already: an earlier try of ours.
            }
        },
        cancellation);
}
