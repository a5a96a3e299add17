using BuildFunctions.Functions.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Operations;

internal static class OperationsRegistration
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<EndpointCatalog>()
        .AddSingleton<Readiness>()
        .AddSingleton<PrometheusMetrics>()
        .AddHostedService(services => services.GetRequiredService<PrometheusMetrics>());
}
