using System.Text.Json;
using Azure.Core.Serialization;
using BuildFunctions.Embedded.Http;
using BuildFunctions.Embedded.Timers;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BuildFunctions.Embedded.Hosting;

internal static class FunctionServices
{
    public static void AddFunctions(
        this IServiceCollection services, IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
    {
        services.AddRouting();
        services.AddProblemDetails();
        services.TryAddSingleton(TimeProvider.System);

        // The worker's serializer unless the app sets another: property names as written, read in any case.
        services.Configure<JsonSerializerOptions>(json => json.PropertyNameCaseInsensitive = true);
        services.AddOptions<WorkerOptions>().PostConfigure<IOptions<JsonSerializerOptions>>(
            (worker, json) => worker.Serializer ??= new JsonObjectSerializer(json.Value));

        services.AddSingleton<IFunctionActivator, FunctionActivator>();
        services.AddSingleton(provider => new FunctionPipeline(provider.GetRequiredService<IFunctionExecutor>(), middleware));
        services.AddSingleton<FunctionCatalog>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<FunctionParameters>();

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
