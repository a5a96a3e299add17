using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Filters;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Paging;

namespace Azure.Data.Tables;

/// <summary>The tables of one account.</summary>
public class TableServiceClient
{
    private readonly TablePipeline _pipeline = null!;

    /// <inheritdoc cref="TableServiceClient(string, TableClientOptions)"/>
    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <param name="connectionString">The account, as the portal gives it, or <c>UseDevelopmentStorage=true</c>.</param>
    /// <param name="options">How to talk to the service.</param>
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(ConnectionString.Parse(connectionString), options)
    {
    }

    /// <param name="endpoint">The account's address, with a shared access signature in its query if need be.</param>
    /// <param name="options">How to talk to the service.</param>
    public TableServiceClient(Uri endpoint, TableClientOptions? options = null)
        : this(TableEndpoint.Parse(endpoint), options)
    {
    }

    /// <inheritdoc cref="TableServiceClient(Uri, AzureSasCredential, TableClientOptions)"/>
    public TableServiceClient(Uri endpoint, AzureSasCredential credential)
        : this(endpoint, credential, null)
    {
    }

    /// <param name="endpoint">The account's address.</param>
    /// <param name="credential">A shared access signature.</param>
    /// <param name="options">How to talk to the service.</param>
    public TableServiceClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(TableEndpoint.Parse(endpoint) with { Sas = credential ?? throw new ArgumentNullException(nameof(credential)) }, options)
    {
    }

    /// <inheritdoc cref="TableServiceClient(Uri, TableSharedKeyCredential, TableClientOptions)"/>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null)
    {
    }

    /// <param name="endpoint">The account's address.</param>
    /// <param name="credential">The account's key.</param>
    /// <param name="options">How to talk to the service.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
        : this(
            TableEndpoint.Parse(endpoint) with { Key = credential ?? throw new ArgumentNullException(nameof(credential)), Sas = null },
            options)
    {
    }

    /// <param name="endpoint">The account's address.</param>
    /// <param name="tokenCredential">Where to get access tokens.</param>
    /// <param name="options">How to talk to the service.</param>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(
            TableEndpoint.Parse(endpoint) with
            {
                Token = tokenCredential ?? throw new ArgumentNullException(nameof(tokenCredential)),
                Sas = null,
            },
            options)
    {
    }

    /// <summary>For stand-ins in tests.</summary>
    protected TableServiceClient()
    {
    }

    private TableServiceClient(TableEndpoint endpoint, TableClientOptions? options) => _pipeline = new TablePipeline(endpoint, options);

    /// <summary>The account.</summary>
    public virtual string AccountName => _pipeline.Endpoint.AccountName;

    /// <summary>The account's address.</summary>
    public virtual Uri Uri => _pipeline.Endpoint.Uri;

    /// <inheritdoc cref="TableClient.CreateQueryFilter(FormattableString)"/>
    public static string CreateQueryFilter(FormattableString filter) => ODataLiteral.Format(filter);

    /// <summary>A filter from an expression on tables.</summary>
    public static string CreateQueryFilter(Expression<Func<TableItem, bool>> filter) => FilterExpression.Translate(filter);

    /// <summary>A client of one table, over the same connections.</summary>
    public virtual TableClient GetTableClient(string tableName) => new(_pipeline, tableName);

    /// <summary>Creates a table; fails when it is there.</summary>
    public virtual Response<TableItem> CreateTable(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).Create(cancellationToken);

    /// <inheritdoc cref="CreateTable"/>
    public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateAsync(cancellationToken);

    /// <summary>Creates a table unless it is there.</summary>
    public virtual Response<TableItem> CreateTableIfNotExists(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExists(cancellationToken);

    /// <inheritdoc cref="CreateTableIfNotExists"/>
    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(
        string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Deletes a table; one that is not there answers 404, without an exception.</summary>
    public virtual Response DeleteTable(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).Delete(cancellationToken);

    /// <inheritdoc cref="DeleteTable"/>
    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).DeleteAsync(cancellationToken);

    /// <summary>The account's tables.</summary>
    public virtual Pageable<TableItem> Query(
        string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new SyncPages<TableItem>(Pages(filter, maxPerPage), cancellationToken);

    /// <inheritdoc cref="Query(string, int?, CancellationToken)"/>
    public virtual Pageable<TableItem> Query(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(FilterExpression.Translate(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query(string, int?, CancellationToken)"/>
    public virtual AsyncPageable<TableItem> QueryAsync(
        string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new AsyncPages<TableItem>(Pages(filter, maxPerPage), cancellationToken);

    /// <inheritdoc cref="Query(string, int?, CancellationToken)"/>
    public virtual AsyncPageable<TableItem> QueryAsync(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(FilterExpression.Translate(filter), maxPerPage, cancellationToken);

    private PageSource<TableItem> Pages(string? filter, int? maxPerPage) => async (token, sizeHint, async, cancellation) =>
    {
        string?[] query =
        [
            filter is { Length: > 0 } ? $"$filter={System.Uri.EscapeDataString(filter)}" : null,
            (sizeHint ?? maxPerPage) is { } top ? string.Create(CultureInfo.InvariantCulture, $"$top={top}") : null,
            token is { Length: > 0 } ? $"NextTableName={System.Uri.EscapeDataString(token)}" : null,
        ];
        var path = $"Tables?{string.Join('&', query.Where(part => part is not null))}".TrimEnd('?');
        var message = _pipeline.Request(RequestMethod.Get, path);
        var response = await _pipeline.SendAsync(message, async, cancellation).ConfigureAwait(false);
        using var json = JsonDocument.Parse(response.Content.ToMemory());
        List<TableItem> tables = [.. json.RootElement.GetProperty("value").EnumerateArray()
            .Select(table => new TableItem(table.GetProperty("TableName").GetString()!))];
        response.Headers.TryGetValue("x-ms-continuation-NextTableName", out var next);
        return Page<TableItem>.FromValues(tables, next, response);
    };
}
