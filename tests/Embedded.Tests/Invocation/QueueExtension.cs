using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Invocation;

internal sealed class QueueExtension : ITriggerExtension, IInputBindingExtension, IEndpointExtension
{
    public Type TriggerAttribute => typeof(QueueTriggerAttribute);

    public Type BindingAttribute => typeof(ShelfAttribute);

    public string Describe(FunctionDescriptor function) => "queue";

    public void Validate(FunctionDescriptor function, ICollection<string> faults)
    {
        if (function.TriggerParameter.ParameterType != typeof(string))
        {
            faults.Add($"{function.Name} must take a string.");
        }
    }

    public bool CanBind(FunctionDescriptor function, ParameterInfo parameter) => parameter.ParameterType == typeof(int);

    public object? Bind(FunctionDescriptor function, ParameterInfo parameter, object? triggerValue) => ((string)triggerValue!).Length;

    public object? Bind(ParameterInfo parameter, Attribute attribute, FunctionContext context) => $"shelf {context.FunctionDefinition.Name}";

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/runtime/queue", () => Results.Text("queue pages"));
}
