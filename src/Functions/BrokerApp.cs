using BuildFunctions.Activities.Failures;
using BuildFunctions.Functions.Access;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Callbacks;
using BuildFunctions.Functions.Limits;
using BuildFunctions.Functions.Operations;
using BuildFunctions.Functions.Problems;
using BuildFunctions.Functions.Sites;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Functions;

/// <summary>What the app is made of.</summary>
internal static class BrokerApp
{
    public static FunctionsApplicationBuilder AddBrokerApp(this FunctionsApplicationBuilder builder)
    {
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<SiteHostMiddleware>();
        builder.UseMiddleware<LimitMiddleware>();
        builder.UseMiddleware<AccessMiddleware>();
        builder.UseMiddleware<AuditMiddleware>();
        builder.UseMiddleware<ActivityFailureMiddleware>();

        builder.Services.AddBrokerStorage(builder.Configuration);
        builder.Services.AddBroker(builder.Configuration);
        builder.Services.AddOperations();
        builder.Services.AddAccess();
        builder.Services.AddAuditing();
        builder.Services.AddCallbacks();
        builder.Services.AddRouterProblems();
        builder.Services.AddLimits(builder.Configuration);
        return builder;
    }
}
