using BuildFunctions.Embedded.Http;
using BuildFunctions.Embedded.Timers;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
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
        services.AddSingleton<FunctionParameters>();

        services.AddSingleton<RequestBodyReader>();
        services.AddSingleton<ITriggerKind, HttpTrigger>();
        services.AddSingleton<FunctionRoutes>();
        services.AddSingleton<FunctionEndpoints>();

        services.AddSingleton<TimerTrigger>();
        services.AddSingleton<ITriggerKind>(provider => provider.GetRequiredService<TimerTrigger>());
        services.AddSingleton(new TimerLeaseOptions());
        services.AddSingleton<TimerStorage>();
        services.AddHostedService<TimerService>();
    }
}
