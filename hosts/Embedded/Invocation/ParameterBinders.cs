using System.Reflection;
using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Embedded.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>Finds what supplies a parameter: an input binding, a converter that it names, its type, its trigger, or a converter of the app.</summary>
internal sealed class ParameterBinders(IEnumerable<ITriggerKind> triggers, IEnumerable<IInputKind> inputs, ParameterConverters converters)
{
    public ParameterBinder? Create(AppFunction function, ParameterInfo parameter, ref string why)
    {
        if (parameter.IsDefined(typeof(InputBindingAttribute)))
        {
            return ByInput(function, parameter, ref why);
        }

        return converters.NamedBy(parameter, parameter)
            ?? ByType(function, parameter, ref why)
            ?? converters.NamedBy(parameter.ParameterType, parameter)
            ?? converters.Registered(parameter);
    }

    private ParameterBinder? ByInput(AppFunction function, ParameterInfo parameter, ref string why)
    {
        var type = function.BindingOf(parameter)?.Type ?? "";
        if (inputs.FirstOrDefault(input => input.Type.Equals(type, StringComparison.OrdinalIgnoreCase)) is { } input)
        {
            return input.Bind(parameter, ref why);
        }

        why = $"This host has no input binding '{type}'.";
        return null;
    }

    private ParameterBinder? ByType(AppFunction function, ParameterInfo parameter, ref string why)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return context => new(context);
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return context => new(context.CancellationToken);
        }

        // A trigger that nothing serves is one fault of the function, not one of each parameter.
        return triggers.FirstOrDefault(kind => function.Trigger.Is(kind.Type)) is { } trigger
            ? trigger.Bind(function, parameter, ref why)
            : _ => default;
    }
}
