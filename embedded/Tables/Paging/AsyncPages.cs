using System.Runtime.CompilerServices;

namespace Azure.Data.Tables.Paging;

internal sealed class AsyncPages<T>(PageSource<T> source, CancellationToken cancellation) : AsyncPageable<T>(cancellation)
    where T : notnull
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        PagesAsync(continuationToken, pageSizeHint, CancellationToken);

    public override async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken, cancellationToken);
        await foreach (var page in PagesAsync(null, null, either.Token).ConfigureAwait(false))
        {
            foreach (var value in page.Values)
            {
                yield return value;
            }
        }
    }

    private async IAsyncEnumerable<Page<T>> PagesAsync(
        string? token, int? sizeHint, [EnumeratorCancellation] CancellationToken cancellation)
    {
        do
        {
            var page = await source(token, sizeHint, true, cancellation).ConfigureAwait(false);
            yield return page;
            token = page.ContinuationToken;
        }
        while (token is not null);
    }
}
