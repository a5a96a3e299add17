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
        var binding = function.Bindings.FirstOrDefault(binding => binding.Name == parameter.Name);
        if (inputs.FirstOrDefault(input => binding?.Is(input.Type) is true) is { } input)
        {
            return input.Bind(parameter, ref why);
        }

        why = $"This host has no input binding '{binding?.Type}'.";
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

        if (triggers.FirstOrDefault(kind => function.Trigger.Is(kind.Type))?.Bind(function, parameter, ref why) is { } binder)
        {
            return binder;
        }

        if (why.Length == 0 && function.IsTrigger(parameter))
        {
            return context => new(context.TriggerValue);
        }

        why = why.Length > 0 ? why : "Beside the trigger a function can take FunctionContext, CancellationToken and parameters with a binding attribute.";
        return null;
    }
}
