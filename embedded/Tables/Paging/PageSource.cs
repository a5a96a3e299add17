namespace Azure.Data.Tables.Paging;

/// <summary>Fetches the page that a continuation token names.</summary>
internal delegate ValueTask<Page<T>> PageSource<T>(string? token, int? sizeHint, bool async, CancellationToken cancellation)
    where T : notnull;
