using System.Reflection;
using BuildFunctions.Engine.Orchestration;
using BuildFunctions.Embedded;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Triggers;

/// <summary>Orchestrator functions: the context, and the input in the first parameter that nothing else binds.</summary>
internal sealed class OrchestrationTrigger : ITriggerExtension
{
    public Type TriggerAttribute => typeof(OrchestrationTriggerAttribute);

    public string Describe(FunctionDescriptor function) => "orchestrator";

    public void Validate(FunctionDescriptor function, ICollection<string> faults)
    {
        if (function.TriggerParameter.ParameterType != typeof(TaskOrchestrationContext))
        {
            faults.Add($"Function {function}: the parameter with [OrchestrationTrigger] must be a TaskOrchestrationContext.");
        }
    }

    public bool CanBind(FunctionDescriptor function, ParameterInfo parameter) => parameter == function.Method.GetParameters()
        .FirstOrDefault(other => !function.IsTrigger(other)
            && other.ParameterType != typeof(FunctionContext) && other.ParameterType != typeof(CancellationToken)
            && !other.IsDefined(typeof(Microsoft.Azure.Functions.Worker.Extensions.Abstractions.BindingAttribute)));

    public object? Bind(FunctionDescriptor function, ParameterInfo parameter, object? triggerValue) =>
        ((OrchestrationContext)triggerValue!).GetInput(parameter.ParameterType);
}
