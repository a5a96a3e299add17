using Azure.Core;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Json;

namespace Azure.Data.Tables;

/// <content>One entity at a time.</content>
public partial class TableClient
{
    /// <summary>Inserts; fails with 409 when the entity exists.</summary>
    public virtual Response AddEntity<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity => AddAsync(entity, async: false, cancellationToken).Result();

    /// <inheritdoc cref="AddEntity"/>
    public virtual Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity => AddAsync(entity, async: true, cancellationToken).AsTask();

    /// <summary>Merges or replaces, whatever version is there; inserts when there is none.</summary>
    public virtual Response UpsertEntity<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => WriteAsync(entity, mode, default, async: false, cancellationToken).Result();

    /// <inheritdoc cref="UpsertEntity"/>
    public virtual Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => WriteAsync(entity, mode, default, async: true, cancellationToken).AsTask();

    /// <summary>Merges or replaces the version that <paramref name="ifMatch"/> names; fails with 412 when another one is there.</summary>
    public virtual Response UpdateEntity<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => WriteAsync(entity, mode, Given(ifMatch), async: false, cancellationToken).Result();

    /// <inheritdoc cref="UpdateEntity"/>
    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => WriteAsync(entity, mode, Given(ifMatch), async: true, cancellationToken).AsTask();

    /// <inheritdoc cref="DeleteEntity(string, string, ETag, CancellationToken)"/>
    public virtual Response DeleteEntity(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteEntity(NotNull(entity).PartitionKey, entity.RowKey, ifMatch, cancellationToken);

    /// <inheritdoc cref="DeleteEntity(string, string, ETag, CancellationToken)"/>
    public virtual Task<Response> DeleteEntityAsync(
        ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteEntityAsync(NotNull(entity).PartitionKey, entity.RowKey, ifMatch, cancellationToken);

    /// <summary>
    /// Deletes the version that <paramref name="ifMatch"/> names, by default any.
    /// One that is not there answers 404, without an exception.
    /// </summary>
    public virtual Response DeleteEntity(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteAsync(partitionKey, rowKey, ifMatch, async: false, cancellationToken).Result();

    /// <inheritdoc cref="DeleteEntity(string, string, ETag, CancellationToken)"/>
    public virtual Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteAsync(partitionKey, rowKey, ifMatch, async: true, cancellationToken).AsTask();

    /// <summary>Reads an entity; fails with 404 when there is none.</summary>
    public virtual Response<T> GetEntity<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        (Response<T>)ReadAsync<T>(partitionKey, rowKey, select, 0, async: false, cancellationToken).Result();

    /// <inheritdoc cref="GetEntity"/>
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        (Response<T>)await ReadAsync<T>(partitionKey, rowKey, select, 0, async: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads an entity if there is one.</summary>
    public virtual NullableResponse<T> GetEntityIfExists<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => ReadAsync<T>(partitionKey, rowKey, select, 404, async: false, cancellationToken).Result();

    /// <inheritdoc cref="GetEntityIfExists"/>
    public virtual Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => ReadAsync<T>(partitionKey, rowKey, select, 404, async: true, cancellationToken).AsTask();

    private static ETag Given(ETag ifMatch) => ifMatch != default
        ? ifMatch
        : throw new ArgumentException("An update says which version it is of; ETag.All is any.", nameof(ifMatch));

    private static PooledContent Body(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);
        var body = new PooledContent();
        EntityWriter.Write(body, entity);
        return body;
    }

    private ValueTask<Response> AddAsync(ITableEntity entity, bool async, CancellationToken cancellation)
    {
        var message = _pipeline.Request(RequestMethod.Post, _path, Body(entity));
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        return _pipeline.SendAsync(message, async, cancellation);
    }

    private ValueTask<Response> WriteAsync(
        ITableEntity entity, TableUpdateMode mode, ETag ifMatch, bool async, CancellationToken cancellation)
    {
        var body = Body(entity);
        var method = mode == TableUpdateMode.Replace ? RequestMethod.Put : RequestMethod.Patch;
        var message = _pipeline.Request(method, EntityPath(entity.PartitionKey, entity.RowKey), body);
        if (ifMatch != default)
        {
            message.Request.Headers.SetValue("If-Match", ifMatch.ToString("H"));
        }

        return _pipeline.SendAsync(message, async, cancellation);
    }

    private ValueTask<Response> DeleteAsync(string partitionKey, string rowKey, ETag ifMatch, bool async, CancellationToken cancellation)
    {
        var message = _pipeline.Request(RequestMethod.Delete, EntityPath(partitionKey, rowKey));
        message.Request.Headers.SetValue("If-Match", (ifMatch == default ? ETag.All : ifMatch).ToString("H"));
        return _pipeline.SendAsync(message, async, cancellation, accepted: 404);
    }

    private async ValueTask<NullableResponse<T>> ReadAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select, int accepted, bool async, CancellationToken cancellation)
        where T : class, ITableEntity
    {
        var query = select is null ? "" : $"?$select={System.Uri.EscapeDataString(string.Join(',', select))}";
        var message = _pipeline.Request(RequestMethod.Get, EntityPath(partitionKey, rowKey) + query);
        var response = await _pipeline.SendAsync(message, async, cancellation, accepted).ConfigureAwait(false);
        return response.Status == 404
            ? new NoEntity<T>(response)
            : Response.FromValue(EntityReader.Read<T>(response.Content.ToMemory().Span, response.Headers.ETag), response);
    }

    private string EntityPath(string partitionKey, string rowKey) =>
        $"{_path}(PartitionKey='{Escaped(partitionKey)}',RowKey='{Escaped(rowKey)}')";

    private static string Escaped(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return System.Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
    }
}
