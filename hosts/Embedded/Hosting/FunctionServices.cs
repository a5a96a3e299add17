using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Embedded.Http;
using BuildFunctions.Embedded.Invocation;
using BuildFunctions.Embedded.Timers;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BuildFunctions.Embedded.Hosting;

internal static class FunctionServices
{
    public static void AddFunctions(this IServiceCollection services, IReadOnlyList<Type> types, FunctionPipeline pipeline)
    {
        // Results need MVC's executors and formatters; an empty part list keeps MVC from looking for controllers.
        services.AddSingleton(new ApplicationPartManager());
        services.AddMvcCore();
        services.AddCors();
        services.AddProblemDetails();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton(pipeline);
        services.AddSingleton(_ => new FunctionCatalog(types));
        services.AddSingleton<IFunctionCatalog>(provider => provider.GetRequiredService<FunctionCatalog>());
        services.AddSingleton<IFunctionInvoker, FunctionInvoker>();
        services.AddSingleton<ParameterBinders>();
        services.AddSingleton<FunctionPlans>();

        services.AddSingleton<RequestBodyReader>();
        services.AddSingleton<HttpParameterBinders>();
        services.AddSingleton<FunctionRoutes>();
        services.AddSingleton<FunctionEndpoints>();

        services.AddSingleton<TimerSchedules>();
        services.AddSingleton(new TimerLeaseOptions());
        services.AddSingleton<TimerStorage>();
        services.AddHostedService<TimerService>();
    }
}
