using BuildFunctions.Broker.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Audit;

internal static class AuditingRegistration
{
    public static IServiceCollection AddAuditing(this IServiceCollection services) => services
        .AddAudit()
        .AddSingleton<RequestEntries>()
        .AddSingleton<Refusals>();
}
