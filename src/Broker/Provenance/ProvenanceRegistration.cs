using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Provenance;

public static class ProvenanceRegistration
{
    public static IServiceCollection AddProvenance(this IServiceCollection services, IConfigurationSection settings)
    {
        services.AddOptions<ProvenanceOptions>().Bind(settings)
            .Validate(options => options.KeyLifetime > TimeSpan.Zero, "Provenance:KeyLifetime is positive.")
            .Validate(options => Uri.TryCreate(options.Builder, UriKind.Absolute, out _), "Provenance:Builder is a URI.")
            .ValidateOnStart();
        return services
            .AddSingleton<KeyRing>()
            .AddSingleton<EnvelopeSigner>()
            .AddSingleton<StatementWriter>()
            .AddSingleton<ProvenanceStore>()
            .AddSingleton<ProvenanceRecorder>()
            .AddSingleton<ProvenanceReader>();
    }
}
