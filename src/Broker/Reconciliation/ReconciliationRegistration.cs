using BuildFunctions.Broker.Reconciliation.Watching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Reconciliation;

public static class ReconciliationRegistration
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ReconcileOptions>().Bind(configuration.GetSection("Reconcile"))
            .Validate(options => options.Grace >= TimeSpan.Zero && options.UnknownGrace >= TimeSpan.Zero, "Reconcile:Grace and Reconcile:UnknownGrace are not negative.")
            .ValidateOnStart();
        return services
            .AddSingleton<StrayRuns>()
            .AddSingleton<ReaperSettings>()
            .AddSingleton<RunReaper>()
            .AddSingleton<RunRemains>()
            .AddSingleton<Reconciler>()
            .AddSingleton<ReportStore>()
            .AddSingleton<WatchMemory>();
    }
}
