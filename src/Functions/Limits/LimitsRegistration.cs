using BuildFunctions.Functions.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Functions.Limits;

internal static class LimitsRegistration
{
    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RateLimitOptions>()
            .Configure<IAppHost>((options, host) => options.Proxies = host.Proxies)
            .Bind(configuration.GetSection("RateLimits"))
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<RateLimitOptions>, ValidateRateLimits>()
            .AddSingleton<ClientAddresses>()
            .AddSingleton<RateLimits>();
    }
}
