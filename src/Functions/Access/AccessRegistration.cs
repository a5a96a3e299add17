using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Callers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Access;

internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<IStartupFilter, SecurityHeaders>()
        .AddSingleton<BuildApps>()
        .AddSingleton<SignIn>()
        .AddSingleton<RefusedChanges>()
        .AddHostedService<LocalCredentials>();
}
