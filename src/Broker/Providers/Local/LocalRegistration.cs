using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BuildFunctions.Broker.Providers.Local;

public static class LocalRegistration
{
    /// <param name="loopback">The broker can be reached from this host alone.</param>
    public static IServiceCollection AddLocalProvider(this IServiceCollection services, LocalOptions options, bool loopback)
    {
        if (!(options.Enabled ?? loopback))
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<LocalProvider>();
        services.AddSingleton<IBuildProvider>(provider => provider.GetRequiredService<LocalProvider>());
        return services;
    }
}
