using Azure.Core;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>One table.</summary>
public partial class TableClient
{
    private readonly TablePipeline _pipeline = null!;
    private readonly string _path = null!;

    /// <param name="endpoint">The table's address, with a shared access signature in its query if need be.</param>
    /// <param name="options">How to talk to the service.</param>
    public TableClient(Uri endpoint, TableClientOptions? options = null)
        : this(TableEndpoint.ParseTable(endpoint), options)
    {
    }

    /// <param name="endpoint">The table's address.</param>
    /// <param name="credential">A shared access signature.</param>
    /// <param name="options">How to talk to the service.</param>
    public TableClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(TableEndpoint.ParseTable(endpoint) is var (account, table)
            ? (account with { Sas = NotNull(credential) }, table)
            : default, options)
    {
    }

    /// <inheritdoc cref="TableClient(string, string, TableClientOptions)"/>
    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    /// <param name="connectionString">The account, as the portal gives it, or <c>UseDevelopmentStorage=true</c>.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="options">How to talk to the service.</param>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this((ConnectionString.Parse(connectionString), tableName), options)
    {
    }

    /// <inheritdoc cref="TableClient(Uri, string, TableSharedKeyCredential, TableClientOptions)"/>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    /// <param name="endpoint">The account's address.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="credential">The account's key.</param>
    /// <param name="options">How to talk to the service.</param>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this((TableEndpoint.Parse(endpoint) with { Key = NotNull(credential), Sas = null }, tableName), options)
    {
    }

    /// <param name="endpoint">The account's address.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="tokenCredential">Where to get access tokens.</param>
    /// <param name="options">How to talk to the service.</param>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this((TableEndpoint.Parse(endpoint) with { Token = NotNull(tokenCredential), Sas = null }, tableName), options)
    {
    }

    /// <summary>For stand-ins in tests.</summary>
    protected TableClient()
    {
    }

    internal TableClient(TablePipeline pipeline, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        _pipeline = pipeline;
        Name = tableName;
        _path = System.Uri.EscapeDataString(tableName);
    }

    private TableClient((TableEndpoint Account, string Table) place, TableClientOptions? options)
        : this(new TablePipeline(place.Account, options), place.Table)
    {
    }

    /// <summary>The account that the table is in.</summary>
    public virtual string AccountName => _pipeline.Endpoint.AccountName;

    /// <summary>The table's name.</summary>
    public virtual string Name { get; } = null!;

    /// <summary>The table's address.</summary>
    public virtual Uri Uri => new(_pipeline.Address(_path));

    /// <summary>Creates the table; fails when it is there.</summary>
    public virtual Response<TableItem> Create(CancellationToken cancellationToken = default) =>
        _pipeline.CreateAsync(Name, ifNotExists: false, async: false, cancellationToken).Result();

    /// <inheritdoc cref="Create"/>
    public virtual Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        _pipeline.CreateAsync(Name, ifNotExists: false, async: true, cancellationToken).AsTask();

    /// <summary>Creates the table unless it is there.</summary>
    public virtual Response<TableItem> CreateIfNotExists(CancellationToken cancellationToken = default) =>
        _pipeline.CreateAsync(Name, ifNotExists: true, async: false, cancellationToken).Result();

    /// <inheritdoc cref="CreateIfNotExists"/>
    public virtual Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        _pipeline.CreateAsync(Name, ifNotExists: true, async: true, cancellationToken).AsTask();

    /// <summary>Deletes the table; a table that is not there answers 404, without an exception.</summary>
    public virtual Response Delete(CancellationToken cancellationToken = default) =>
        _pipeline.DeleteAsync(Name, async: false, cancellationToken).Result();

    /// <inheritdoc cref="Delete"/>
    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        _pipeline.DeleteAsync(Name, async: true, cancellationToken).AsTask();

    private static T NotNull<T>(T credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return credential;
    }
}
