using BuildFunctions.Activities.Failures;
using BuildFunctions.Broker.Settings;
using BuildFunctions.Functions.Access;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Engine;
using BuildFunctions.Functions.Callbacks;
using BuildFunctions.Functions.Hosting;
using BuildFunctions.Functions.Limits;
using BuildFunctions.Functions.Operations;
using BuildFunctions.Functions.Outages;
using BuildFunctions.Functions.Problems;
using BuildFunctions.Functions.Sites;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Functions;

/// <summary>What the app is made of, whichever host runs it.</summary>
public static class BrokerApp
{
    /// <param name="builder">The builder of the host that the app runs in.</param>
    /// <param name="host">Null where the host says nothing of itself: then the settings do.</param>
    public static TBuilder AddBrokerApp<TBuilder>(this TBuilder builder, IAppHost? host = null)
        where TBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
    {
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<LimitMiddleware>();
        builder.UseMiddleware<SiteHostMiddleware>();
        builder.UseMiddleware<AccessMiddleware>();
        builder.UseMiddleware<AuditMiddleware>();

        var (services, configuration) = (((IHostApplicationBuilder)builder).Services, builder.Configuration);
        StoredLimits limits = new();
        ((IConfigurationBuilder)configuration).Add(limits);
        services.AddSingleton(limits);
        services.AddOutages();
        services.AddActivityFailures();
        services.AddBrokerStorage(configuration);
        services.AddBroker(configuration, host ?? new SettledHost(configuration));
        services.AddOperations();
        services.AddAccess().AddEngineAccess();
        services.AddAuditing();
        services.AddCallbacks();
        services.AddLimits(configuration);
        return builder;
    }
}
