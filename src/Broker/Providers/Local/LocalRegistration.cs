using BuildFunctions.Broker.Compute;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BuildFunctions.Broker.Providers.Local;

public static class LocalRegistration
{
    /// <param name="isPrivate">Nobody but this machine reaches the broker: then builds run here unless the options say no.</param>
    public static IServiceCollection AddLocalProvider(this IServiceCollection services, LocalOptions options, bool isPrivate)
    {
        if (!(options.Enabled ?? isPrivate))
        {
            return services;
        }

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<LocalUsers>();
        services.AddSingleton<LocalProvider>();
        services.AddSingleton<IBuildProvider>(provider => provider.GetRequiredService<LocalProvider>());
        return services;
    }
}
