using Microsoft.DurableTask.Client;

namespace BuildFunctions.Embedded.Durable;

/// <summary>[DurableClient] DurableTaskClient client.</summary>
internal sealed class DurableClientInput : IInputKind
{
    public string Type => "durableClient";

    public ParameterBinder? Bind(ParameterInfo parameter, ref string why)
    {
        if (parameter.ParameterType == typeof(DurableTaskClient) &&
            parameter.GetCustomAttribute<DurableClientAttribute>() is { TaskHub: null, ConnectionName: null })
        {
            return context => new(context.InstanceServices.GetRequiredService<DurableTaskClient>());
        }

        why = "There is one hub, and its client is a DurableTaskClient.";
        return null;
    }
}
