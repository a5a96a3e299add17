using BuildFunctions.Broker.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BuildFunctions.Broker.Logs;

public static class LogsRegistration
{
    public static IServiceCollection AddBuildLogs(this IServiceCollection services, LogOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<LogSignals>();
        services.AddSingleton(provider => new BuildLogs(
            provider.GetRequiredService<BrokerStorage>().Logs, options, provider.GetRequiredService<LogSignals>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BuildLogReader>();
        services.AddSingleton<RunLogFollower>();
        return services;
    }
}
