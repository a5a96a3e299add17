using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Reconciliation;

public static class ReconciliationRegistration
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services) => services
        .AddSingleton<StrayRuns>();
}
