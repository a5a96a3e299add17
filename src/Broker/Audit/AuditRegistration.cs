using BuildFunctions.Broker.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Audit;

public static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditWriter>()
        .AddHostedService(provider => provider.GetRequiredService<AuditWriter>())
        .AddSingleton(provider => new AuditLog(
            provider.GetRequiredService<BrokerStorage>(), provider.GetRequiredService<AuditWriter>(), provider.GetRequiredService<TimeProvider>()));
}
