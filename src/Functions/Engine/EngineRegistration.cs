using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Engine;

internal static class EngineRegistration
{
    public static IServiceCollection AddEngineAccess(this IServiceCollection services) =>
        services.AddKeyedSingleton<IEndpointFilter, EngineAdmin>(EngineAdmin.Key);
}
