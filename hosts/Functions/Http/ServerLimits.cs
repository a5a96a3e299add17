using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BuildFunctions.FunctionsHost.Http;

/// <summary>What Kestrel takes from one connection, and from all. <c>Kestrel:Limits</c> replaces these. A body's size is left to the worker, which knows the function.</summary>
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
