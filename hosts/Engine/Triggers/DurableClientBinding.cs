using System.Reflection;
using BuildFunctions.Embedded;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Engine.Triggers;

/// <summary>[DurableClient] DurableTaskClient client.</summary>
internal sealed class DurableClientBinding : IInputBindingExtension
{
    public Type BindingAttribute => typeof(DurableClientAttribute);

    public object? Bind(ParameterInfo parameter, Attribute attribute, FunctionContext context) =>
        attribute is DurableClientAttribute { TaskHub: null, ConnectionName: null } && parameter.ParameterType == typeof(DurableTaskClient)
            ? context.InstanceServices.GetRequiredService<DurableTaskClient>()
            : throw new FunctionInputConverterException($"'{parameter.Name}': there is one hub, and its client is a DurableTaskClient.");
}
