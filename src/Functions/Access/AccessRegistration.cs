using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Access;

internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<BuildApps>()
        .AddHostedService<LocalCredentials>();
}
