using BuildFunctions.Broker.Providers.Circuits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Providers;

public static class ProvidersRegistration
{
    public static IServiceCollection AddProviderRegistry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CircuitOptions>().Bind(configuration.GetSection("Circuit"))
            .Validate(options => options.Failures >= 1, "Circuit:Failures is at least 1.")
            .Validate(options => options.Window > TimeSpan.Zero && options.Probe > TimeSpan.Zero, "Circuit:Window and Circuit:Probe are positive.")
            .ValidateOnStart();
        return services
            .AddSingleton<BrokerMark>()
            .AddSingleton<ProviderRegistry>();
    }
}
