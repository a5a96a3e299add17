namespace Azure.Data.Tables.Paging;

/// <summary>Where a query goes on: the service's two keys with a space between them. The service has encoded both.</summary>
internal static class ContinuationToken
{
    public static string? Of(Response response)
    {
        response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition);
        response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row);
        return partition is null && row is null ? null : $"{partition} {row}";
    }

    public static (string? Partition, string? Row) Parse(string? token)
    {
        if (token is null or { Length: <= 1 })
        {
            return default;
        }

        var space = token.IndexOf(' ');
        return space < 0 ? (token, null) : (token[..space], token[(space + 1)..]);
    }
}
