using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BuildFunctions.FunctionsHost.Http;

/// <summary>
/// What Kestrel takes from one connection, and from all. Settings under <c>Kestrel:Limits</c> replace these. The size of a body is left to the worker's
/// server, which knows the function.
/// </summary>
internal static class ServerLimits
{
    public static void Apply(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = null;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MaxConcurrentConnections = 10_000;
        limits.MaxConcurrentUpgradedConnections = 0;
    }
}
