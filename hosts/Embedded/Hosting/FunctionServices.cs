using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Embedded.Http;
using BuildFunctions.Embedded.Invocation;
using BuildFunctions.Embedded.Timers;
using BuildFunctions.Embedded.Triggers;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BuildFunctions.Embedded.Hosting;

internal static class FunctionServices
{
    public static void AddFunctions(this IServiceCollection services, MiddlewareList middleware)
    {
        // Results need MVC's executors and formatters; an empty part list keeps MVC from looking for controllers.
        services.AddSingleton(new ApplicationPartManager());
        services.AddMvcCore();
        services.AddCors();
        services.AddProblemDetails();
        services.TryAddSingleton(TimeProvider.System);

        services.AddWorkerDefaults();
        services.AddSingleton<IFunctionActivator, FunctionActivator>();
        services.AddSingleton(middleware);
        services.AddSingleton<FunctionPipeline>();
        services.AddSingleton<FunctionCatalog>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<ParameterConverters>();
        services.AddSingleton<ParameterBinders>();
        services.AddSingleton<FunctionPlans>();

        services.AddSingleton<RequestBodyReader>();
        services.AddSingleton<ITriggerKind, HttpTrigger>();
        services.AddSingleton<FunctionRoutes>();
        services.AddSingleton<FunctionEndpoints>();

        services.AddSingleton<ITriggerKind, TimerTrigger>();
        services.AddSingleton<TimerSchedules>();
        services.AddSingleton(new TimerLeaseOptions());
        services.AddSingleton<TimerStorage>();
        services.AddHostedService<TimerService>();
    }
}
