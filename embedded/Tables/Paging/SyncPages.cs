using Azure.Data.Tables.Http;

namespace Azure.Data.Tables.Paging;

internal sealed class SyncPages<T>(PageSource<T> source, CancellationToken cancellation) : Pageable<T>(cancellation)
    where T : notnull
{
    public override IEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = source(continuationToken, pageSizeHint, false, CancellationToken).Result();
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}
