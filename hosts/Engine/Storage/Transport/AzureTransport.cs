using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace BuildFunctions.Engine.Storage.Transport;

/// <summary>Azure Tables and Blobs, or Azurite. No client repeats anything: whoever calls knows what may be repeated.</summary>
internal sealed class AzureTransport : IHubTransport
{
    private readonly TableClient _table;
    private readonly TableClient _foreign;
    private readonly BlobContainerClient _control;
    private readonly BlobContainerClient _payloads;

    // Renewals come often enough to keep their connection open, so that they need no thread of the pool to make a new one.
    private readonly BlobClient _owner;

    public AzureTransport(HubStorageOptions options)
    {
        var tables = Once(new TableClientOptions { Transport = Connections(TimeSpan.FromSeconds(30)) });
        var blobs = Once(new BlobClientOptions { Transport = Connections(TimeSpan.FromSeconds(3)) });
        var lease = Once(new BlobClientOptions { Transport = Connections(TimeSpan.FromSeconds(30)) });
        var container = options.HubName.ToLowerInvariant() + "-emb";
        var (tableService, blobService) = (options.Account.Tables(tables), options.Account.Blobs(blobs));
        _table = tableService.GetTableClient(options.HubName + "Emb");
        _foreign = tableService.GetTableClient(options.HubName + "Instances");
        _control = blobService.GetBlobContainerClient(container);
        _payloads = blobService.GetBlobContainerClient(container + "-payload");
        _owner = options.Account.Blobs(lease).GetBlobContainerClient(container).GetBlobClient("owner");
    }

    public Task CreateAsync(CancellationToken cancellation) => CallAsync(async () =>
    {
        await Task.WhenAll(
            _table.CreateIfNotExistsAsync(cancellation),
            _payloads.CreateIfNotExistsAsync(cancellationToken: cancellation),
            _control.CreateIfNotExistsAsync(cancellationToken: cancellation));
        return await PutNewAsync(_owner, BinaryData.Empty, cancellation);
    }, cancellation);

    public Task<bool> HasForeignInstancesAsync(CancellationToken cancellation) => CallAsync(async () =>
    {
        var unfinished = _foreign.QueryAsync<TableEntity>(
            "RuntimeStatus eq 'Running' or RuntimeStatus eq 'Pending' or RuntimeStatus eq 'Suspended'", 1, ["RowKey"], cancellation);
        try
        {
            return await unfinished.AnyAsync(cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }, cancellation);

    public Task<IReadOnlyList<string?>> TransactAsync(string partition, IReadOnlyList<RowOperation> operations, CancellationToken cancellation) =>
        CallAsync<IReadOnlyList<string?>>(async () =>
        {
            var answer = await _table.SubmitTransactionAsync(operations.Select(operation => ActionOf(partition, operation)), cancellation);
            return [.. answer.Value.Select(response => response.Headers.ETag?.ToString())];
        }, cancellation);

    public Task<Row?> GetAsync(string partition, string key, IReadOnlyList<string>? columns, CancellationToken cancellation) => CallAsync(async () =>
    {
        var answer = await _table.GetEntityIfExistsAsync<TableEntity>(partition, key, With(columns), cancellation);
        return answer.HasValue ? RowOf(answer.Value!) : null;
    }, cancellation);

    public Task<RowPage> QueryAsync(
        string partition, string from, string to, IReadOnlyList<string>? columns, string? continuation, CancellationToken cancellation) => CallAsync(async () =>
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        var found = _table.QueryAsync<TableEntity>(filter, null, With(columns), cancellation);
        var page = await found.AsPages(continuation).FirstAsync(cancellation);
        return new RowPage([.. page.Values.Select(RowOf)], string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
    }, cancellation);

    public Task<bool> PutBlobAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        CallAsync(() => PutNewAsync(_payloads.GetBlobClient(name), BinaryData.FromBytes(content), cancellation), cancellation);

    public Task<ReadOnlyMemory<byte>?> GetBlobAsync(string name, CancellationToken cancellation) => CallAsync<ReadOnlyMemory<byte>?>(async () =>
    {
        try
        {
            return (await _payloads.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content.ToMemory();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }, cancellation);

    public Task DeleteBlobAsync(string name, CancellationToken cancellation) =>
        CallAsync(() => _payloads.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellation), cancellation);

    public async IAsyncEnumerable<StoredBlob> ListBlobsAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var blobs = _payloads.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation).GetAsyncEnumerator(cancellation);
        while (await CallAsync(() => blobs.MoveNextAsync().AsTask(), cancellation))
        {
            yield return new(blobs.Current.Name, blobs.Current.Properties.CreatedOn ?? DateTimeOffset.MaxValue);
        }
    }

    public Task<bool> AcquireLeaseAsync(string leaseId, TimeSpan duration, CancellationToken cancellation) =>
        CallAsync(() => UnlessAsync(async () => await _owner.GetBlobLeaseClient(leaseId).AcquireAsync(duration, cancellationToken: cancellation), 409), cancellation);

    public Task<bool> RenewLeaseAsync(string leaseId) => CallAsync(() => UnlessAsync(() =>
    {
        _owner.GetBlobLeaseClient(leaseId).Renew();
        return Task.CompletedTask;
    }, 404, 409, 412), CancellationToken.None);

    public Task ReleaseLeaseAsync(string leaseId, CancellationToken cancellation) =>
        CallAsync(() => _owner.GetBlobLeaseClient(leaseId).ReleaseAsync(cancellationToken: cancellation), cancellation);

    public Task<string> ReadOwnerAsync(CancellationToken cancellation) =>
        CallAsync(async () => (await _owner.DownloadContentAsync(cancellation)).Value.Content.ToString(), cancellation);

    public Task WriteOwnerAsync(string body, string leaseId, CancellationToken cancellation) => CallAsync(
        () => _owner.UploadAsync(BinaryData.FromString(body), new BlobUploadOptions { Conditions = new() { LeaseId = leaseId } }, cancellation), cancellation);

    // Leased blobs answer 412 to everybody else.
    private static Task<bool> PutNewAsync(BlobClient blob, BinaryData content, CancellationToken cancellation) => UnlessAsync(
        async () => await blob.UploadAsync(content, new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } }, cancellation), 409, 412);

    private static async Task<bool> UnlessAsync(Func<Task> call, params int[] statuses)
    {
        try
        {
            await call();
            return true;
        }
        catch (RequestFailedException e) when (statuses.Contains(e.Status))
        {
            return false;
        }
    }

    private static async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException e)
        {
            throw new TransportException(e.Status, e.Message, e);
        }
        catch (Exception e) when (e is FormatException or JsonException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new TransportException(0, e.Message, e);
        }
    }

    private static T Once<T>(T client) where T : ClientOptions
    {
        client.Retry.MaxRetries = 0;
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        return client;
    }

    private static HttpClientTransport Connections(TimeSpan idle) => new(new HttpClient(new SocketsHttpHandler
    {
        PooledConnectionIdleTimeout = idle,
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
    }));

    private static IEnumerable<string>? With(IReadOnlyList<string>? columns) => columns is null ? null : ["RowKey", .. columns];

    private static TableTransactionAction ActionOf(string partition, RowOperation operation)
    {
        var entity = new TableEntity(partition, operation.Key);
        foreach (var (name, value) in operation.Columns)
        {
            entity.Add(name, value);
        }

        return new(operation.Kind, entity, operation.ETag is null ? ETag.All : new ETag(operation.ETag));
    }

    private static Row RowOf(TableEntity entity) =>
        new(entity.RowKey, entity.ToDictionary(column => column.Key, column => column.Value), entity.ETag == default ? null : entity.ETag.ToString());
}
