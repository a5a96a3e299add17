using BuildFunctions.Engine.Orchestration;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;

namespace BuildFunctions.Embedded.Durable;

/// <summary>Orchestrator functions: the context, and the input in the first parameter that nothing else binds.</summary>
internal sealed class OrchestrationTrigger : ITriggerKind
{
    public const string Kind = "orchestrationTrigger";

    public string Type => Kind;

    public void Check(AppFunction function, ICollection<string> faults)
    {
        if (function.TriggerParameter?.ParameterType != typeof(TaskOrchestrationContext))
        {
            faults.Add($"Function {function}: the parameter with [OrchestrationTrigger] must be a TaskOrchestrationContext.");
        }
    }

    public ParameterBinder? Bind(AppFunction function, ParameterInfo parameter, ref string why) =>
        parameter.Position == function.Method.GetParameters().FirstOrDefault(other => IsInput(function, other))?.Position
            ? context => ((OrchestrationContext)context.TriggerValue!).GetInput(parameter.ParameterType)
            : null;

    private static bool IsInput(AppFunction function, ParameterInfo parameter) => !function.IsTrigger(parameter)
        && parameter.ParameterType != typeof(FunctionContext)
        && parameter.ParameterType != typeof(CancellationToken)
        && !parameter.IsDefined(typeof(BindingAttribute));
}
