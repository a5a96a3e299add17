using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Http;

/// <summary>The connections that clients share unless their options name another transport.</summary>
internal static class TableTransport
{
    public static HttpClientTransport Shared { get; } = new(new HttpClient(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan });

    internal static SocketsHttpHandler CreateHandler() => new()
    {
        // Azurite closes what is idle for 5 s; a request sent into that close is lost.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxConnectionsPerServer = 64,
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
    };
}
