using BuildFunctions.Functions.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Functions.Limits;

internal static class LimitsRegistration
{
    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RateLimitOptions>()
            .Configure(options => options.Proxies = Reach.IsBehindFunctionsHost(configuration) ? 1 : 0)
            .Bind(configuration.GetSection("RateLimits"))
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<RateLimitOptions>, ValidateRateLimits>()
            .AddSingleton<ClientAddresses>()
            .AddSingleton<RateLimits>();
    }
}
