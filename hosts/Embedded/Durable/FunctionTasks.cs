using BuildFunctions.Engine.Hub;
using Microsoft.DurableTask;

namespace BuildFunctions.Embedded.Durable;

/// <summary>The app's orchestrator and activity functions.</summary>
internal sealed class FunctionTasks(FunctionCatalog functions, FunctionInvoker invoker, DataConverter converter) : ITaskCatalog
{
    private readonly Dictionary<string, AppFunction> _orchestrators = Named(functions, OrchestrationTrigger.Kind, "orchestration");
    private readonly Dictionary<string, AppFunction> _activities = Named(functions, ActivityTrigger.Kind, "activity");

    public Func<TaskOrchestrationContext, Task<object?>>? FindOrchestrator(string name) =>
        _orchestrators.GetValueOrDefault(name) is { } function ? context => invoker.InvokeAsync(function, context, default) : null;

    public Func<ActivityCall, CancellationToken, Task<object?>>? FindActivity(string name) =>
        _activities.GetValueOrDefault(name) is { } function ? (call, cancellation) => RunAsync(function, call, cancellation) : null;

    private Task<object?> RunAsync(AppFunction function, ActivityCall call, CancellationToken cancellation)
    {
        var type = function.TriggerParameter!.ParameterType;
        var input = converter.Deserialize(call.Input, type) ?? (type.IsValueType ? Activator.CreateInstance(type) : null);
        return invoker.InvokeAsync(function, input, cancellation);
    }

    private static Dictionary<string, AppFunction> Named(FunctionCatalog functions, string trigger, string property) => functions
        .OfType(trigger)
        .ToDictionary(function => function.Trigger.Text(property) ?? function.Name, StringComparer.OrdinalIgnoreCase);
}
