using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Cache;

/// <summary>Keeps the cache within its age and size. It removes entries alone; what no entry and no deployment names is collected with the other releases.</summary>
public sealed class CacheRetention(CacheStore cache, IOptions<CacheOptions> options, TimeProvider clock)
{
    /// <returns>How many entries went.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        await cache.WriteUsesAsync(cancellation);
        var outdated = CacheBudget.Outdated(await cache.ListAsync(null, cancellation).ToListAsync(cancellation), options.Value, clock.GetUtcNow());
        foreach (var entry in outdated)
        {
            await cache.RemoveAsync(entry.App, entry.Key, cancellation);
        }

        return outdated.Count;
    }
}
