using System.Reflection;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Orchestration;
using BuildFunctions.Embedded;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Triggers;

/// <summary>The app's orchestrator and activity functions.</summary>
internal sealed class FunctionTasks(IFunctionCatalog functions, IFunctionInvoker invoker, DataConverter converter) : ITaskCatalog
{
    /// <summary>FunctionContext.Items of an activity: hub/instance/generation/task, the same when the call is run again.</summary>
    public const string ExecutionKey = "DurableTask.ExecutionKey";

    private readonly Dictionary<string, FunctionDescriptor> _orchestrators = Named<OrchestrationTriggerAttribute>(functions);
    private readonly Dictionary<string, FunctionDescriptor> _activities = Named<ActivityTriggerAttribute>(functions);

    public OrchestratorBody? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name) is { } function
        ? context => invoker.InvokeAsync(function, context, CancellationToken.None)
        : null;

    public ActivityBody? FindActivity(string name) => _activities.GetValueOrDefault(name) is { } function
        ? (call, cancellation) => RunAsync(function, call, cancellation)
        : null;

    private async Task<object?> RunAsync(FunctionDescriptor function, ActivityCall call, CancellationToken cancellation)
    {
        var type = function.TriggerParameter.ParameterType;
        var input = converter.Deserialize(call.Input, type) ?? (type.IsValueType ? Activator.CreateInstance(type) : null);
        var items = new Dictionary<object, object>
        {
            [ExecutionKey] = call.ExecutionKey,
            ["DurableTask.Attempt"] = call.Attempt,
            ["DurableTask.Epoch"] = call.Epoch,
        };
        try
        {
            return await invoker.InvokeAsync(function, input, cancellation, items);
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } thrown)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
            throw;
        }
    }

    private static Dictionary<string, FunctionDescriptor> Named<TTrigger>(IFunctionCatalog functions) => functions.Functions
        .Where(function => function.Trigger is TTrigger)
        .ToDictionary(
            function => (function.Trigger as OrchestrationTriggerAttribute)?.Orchestration
                ?? (function.Trigger as ActivityTriggerAttribute)?.Activity ?? function.Name,
            StringComparer.OrdinalIgnoreCase);
}
