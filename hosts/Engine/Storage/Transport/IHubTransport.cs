namespace BuildFunctions.Engine.Storage.Transport;

/// <summary>
/// The storage calls of one hub, each sent once and never repeated underneath. A call that is not answered well within the request timeout throws
/// <see cref="TransportException"/>; it may have been applied, or still be.
/// </summary>
internal interface IHubTransport
{
    /// <summary>Creates the table, the containers and the lease blob that are missing.</summary>
    Task CreateAsync(CancellationToken cancellation);

    /// <summary>Whether a Durable Task Framework hub of this name has instances that are not finished.</summary>
    Task<bool> HasForeignInstancesAsync(CancellationToken cancellation);

    /// <summary>All operations or none. Returns the new ETag of each row (null for a deleted one).</summary>
    Task<IReadOnlyList<string?>> TransactAsync(string partition, IReadOnlyList<RowOperation> operations, CancellationToken cancellation);

    Task<Row?> GetAsync(string partition, string key, IReadOnlyList<string>? columns, CancellationToken cancellation);

    /// <summary>One page of the rows with <paramref name="from"/> &lt;= key &lt; <paramref name="to"/>, in order.</summary>
    Task<RowPage> QueryAsync(
        string partition, string from, string to, IReadOnlyList<string>? columns, string? continuation, CancellationToken cancellation);

    /// <summary>Writes a payload blob that must not exist yet; false when it does.</summary>
    Task<bool> PutBlobAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    Task<ReadOnlyMemory<byte>?> GetBlobAsync(string name, CancellationToken cancellation);

    Task DeleteBlobAsync(string name, CancellationToken cancellation);

    IAsyncEnumerable<StoredBlob> ListBlobsAsync(string prefix, CancellationToken cancellation);

    /// <summary>False when another lease is held. Repeating it with the same id is harmless.</summary>
    Task<bool> AcquireLeaseAsync(string leaseId, TimeSpan duration, CancellationToken cancellation);

    /// <summary>False when the lease is gone for good. Must not need the thread pool: it may be exhausted.</summary>
    Task<bool> RenewLeaseAsync(string leaseId);

    Task ReleaseLeaseAsync(string leaseId, CancellationToken cancellation);

    /// <summary>The body of the lease blob; empty when nobody has written it.</summary>
    Task<string> ReadOwnerAsync(CancellationToken cancellation);

    Task WriteOwnerAsync(string body, string leaseId, CancellationToken cancellation);
}
