using BuildFunctions.Engine;
using BuildFunctions.Engine.Hub;
using Microsoft.DurableTask;

namespace BuildFunctions.Embedded.Durable;

/// <summary>Orchestrator and activity functions, run by the embedded engine.</summary>
internal static class DurableFunctions
{
    public static void AddDurableFunctions(this IServiceCollection services)
    {
        services.AddEmbeddedEngine();
        services.AddSingleton<DataConverter>(provider => new WorkerConverter(provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!));
        services.AddSingleton<ITaskCatalog, FunctionTasks>();
        services.AddSingleton<ITriggerKind, OrchestrationTrigger>();
        services.AddSingleton<ITriggerKind, ActivityTrigger>();
    }
}
