using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Cache;

public static class CacheRegistration
{
    public static IServiceCollection AddBuildCache(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CacheOptions>().Bind(configuration.GetSection("Cache"))
            .Validate(options => options.MaxAge > TimeSpan.Zero, "Cache:MaxAge is positive.")
            .Validate(options => options.MaxBytes > 0, "Cache:MaxBytes is positive.")
            .ValidateOnStart();
        return services.AddSingleton<CacheSeal>().AddSingleton<CacheStore>().AddSingleton<ReleaseCache>().AddSingleton<CacheRetention>();
    }
}
