using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>What supplies the parameters of each function, worked out once. What nothing supplies is a fault of the start.</summary>
internal sealed class FunctionParameters
{
    private readonly Dictionary<AppFunction, ParameterBinder[]> _binders;

    public FunctionParameters(FunctionCatalog catalog, IEnumerable<ITriggerKind> triggers)
    {
        var kinds = triggers.ToList();
        _binders = catalog.Functions.ToDictionary(function => function, function =>
        {
            var kind = kinds.Find(kind => function.Trigger.Is(kind.Type));
            return function.Method.GetParameters().Select(parameter => BinderOf(function, parameter, kind)).ToArray();
        });
    }

    public List<string> Faults { get; } = [];

    public ParameterBinder[] Of(AppFunction function) => _binders[function];

    private ParameterBinder BinderOf(AppFunction function, ParameterInfo parameter, ITriggerKind? kind)
    {
        var why = "Beside the trigger a function takes a FunctionContext, a CancellationToken and [DurableClient] DurableTaskClient.";
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return context => context;
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return context => context.CancellationToken;
        }

        if (parameter.ParameterType == typeof(DurableTaskClient) && parameter.IsDefined(typeof(DurableClientAttribute)))
        {
            return context => context.InstanceServices.GetRequiredService<DurableTaskClient>();
        }

        if (!parameter.IsDefined(typeof(InputBindingAttribute)) && kind?.Bind(function, parameter, ref why) is { } binder)
        {
            return binder;
        }

        if (function.IsTrigger(parameter))
        {
            return context => context.TriggerValue;
        }

        Faults.Add($"Function {function}: nothing can supply the parameter '{parameter.Name}' of type {parameter.ParameterType.Name}. {why}");
        return _ => throw new InvalidOperationException(why);
    }
}
