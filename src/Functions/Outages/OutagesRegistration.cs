using BuildFunctions.Broker.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Outages;

internal static class OutagesRegistration
{
    public static IServiceCollection AddOutages(this IServiceCollection services)
    {
        services.AddLogging();
        return services
            .AddSingleton(provider => new StorageOutage(
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<BrokerStorage>,
                () => provider.GetRequiredService<ILoggerFactory>().CreateLogger("BuildFunctions.Storage")))
            .AddSingleton<ILoggerFactory>(provider => new OutageLoggerFactory(
                ActivatorUtilities.CreateInstance<LoggerFactory>(provider), provider.GetRequiredService<StorageOutage>()))
            .AddHostedService(provider => provider.GetRequiredService<StorageOutage>());
    }
}
