using System.Linq.Expressions;
using System.Text;
using Azure.Core;
using Azure.Data.Tables.Filters;
using Azure.Data.Tables.Json;
using Azure.Data.Tables.Paging;

namespace Azure.Data.Tables;

/// <content>Many entities.</content>
public partial class TableClient
{
    /// <summary>A filter with the values of an interpolated string quoted and escaped.</summary>
    public static string CreateQueryFilter(FormattableString filter) => ODataLiteral.Format(filter);

    /// <summary>A filter from an expression on entities.</summary>
    public static string CreateQueryFilter<T>(Expression<Func<T, bool>> filter) => FilterExpression.Translate(filter);

    /// <inheritdoc cref="QueryAsync{T}(string, int?, IEnumerable{string}, CancellationToken)"/>
    public virtual Pageable<T> Query<T>(
        Expression<Func<T, bool>> filter,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity => Query<T>(FilterExpression.Translate(filter), maxPerPage, select, cancellationToken);

    /// <inheritdoc cref="QueryAsync{T}(string, int?, IEnumerable{string}, CancellationToken)"/>
    public virtual Pageable<T> Query<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new SyncPages<T>(Pages<T>(filter, maxPerPage, select), cancellationToken);

    /// <inheritdoc cref="QueryAsync{T}(string, int?, IEnumerable{string}, CancellationToken)"/>
    public virtual AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity => QueryAsync<T>(FilterExpression.Translate(filter), maxPerPage, select, cancellationToken);

    /// <summary>The entities that a filter lets through, page by page as they are asked for.</summary>
    /// <param name="filter">Which ones; all without it.</param>
    /// <param name="maxPerPage">How many a page holds at most; the service's limit is 1,000.</param>
    /// <param name="select">The properties to read; all without it.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new AsyncPages<T>(Pages<T>(filter, maxPerPage, select), cancellationToken);

    private PageSource<T> Pages<T>(string? filter, int? maxPerPage, IEnumerable<string>? select)
        where T : class, ITableEntity
    {
        var columns = select is null ? null : string.Join(',', select);
        return async (token, sizeHint, async, cancellation) =>
        {
            var address = new StringBuilder(_path).Append("()?");
            Append(address, "$filter", filter);
            Append(address, "$select", columns);
            Append(address, "$top", (sizeHint ?? maxPerPage)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var (partition, row) = ContinuationToken.Parse(token);
            Append(address, "NextPartitionKey", partition);
            Append(address, "NextRowKey", row);
            address.Length--;

            var response = await _pipeline.SendAsync(_pipeline.Request(RequestMethod.Get, address.ToString()), async, cancellation)
                .ConfigureAwait(false);
            var entities = EntityReader.ReadPage<T>(response.Content.ToMemory().Span);
            return Page<T>.FromValues(entities, ContinuationToken.Of(response), response);
        };
    }

    private static void Append(StringBuilder address, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            address.Append(name).Append('=').Append(System.Uri.EscapeDataString(value)).Append('&');
        }
    }
}
