using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using BuildFunctions.Embedded.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>Finds what supplies a parameter: its attribute, its type, the route, or the trigger's extension.</summary>
internal sealed class ParameterBinders(
    IEnumerable<ITriggerExtension> triggers, IEnumerable<IInputBindingExtension> inputs, HttpParameterBinders http)
{
    public bool TryCreate(
        FunctionDescriptor function, ParameterInfo parameter, [NotNullWhen(true)] out ParameterBinder? binder, out string why)
    {
        why = "";
        binder = ByAttribute(parameter, ref why) ?? (why.Length > 0 ? null : ByType(function, parameter, ref why));
        return binder is not null;
    }

    private ParameterBinder? ByAttribute(ParameterInfo parameter, ref string why)
    {
        if (parameter.GetCustomAttribute<InputBindingAttribute>() is { } attribute)
        {
            if (inputs.FirstOrDefault(input => input.BindingAttribute == attribute.GetType()) is { } input)
            {
                return context => new(input.Bind(parameter, attribute, context));
            }

            why = $"No extension knows [{attribute.GetType().Name}]: reference the extension's project.";
        }
        else if (parameter.GetCustomAttribute<InputConverterAttribute>() is { } converter and not FromBodyAttribute)
        {
            why = $"[{converter.GetType().Name}] is not supported: take the HttpRequest and convert in the function.";
        }

        return null;
    }

    private ParameterBinder? ByType(FunctionDescriptor function, ParameterInfo parameter, ref string why)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return context => new(context);
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return context => new(context.CancellationToken);
        }

        if (function.Trigger is HttpTriggerAttribute)
        {
            return http.Create(function, parameter, ref why);
        }

        if (function.IsTrigger(parameter))
        {
            return TriggerValue(parameter, ref why);
        }

        if (triggers.FirstOrDefault(trigger => trigger.TriggerAttribute == function.Trigger.GetType()) is { } extension &&
            extension.CanBind(function, parameter))
        {
            return context => new(extension.Bind(function, parameter, context.TriggerValue));
        }

        why = "Beside the trigger a function can take FunctionContext, CancellationToken and parameters with a binding attribute.";
        return null;
    }

    private static ParameterBinder? TriggerValue(ParameterInfo parameter, ref string why)
    {
        if (parameter.GetCustomAttribute<TimerTriggerAttribute>() is null || parameter.ParameterType == typeof(TimerInfo))
        {
            return context => new(context.TriggerValue);
        }

        why = "A timer trigger's parameter is a TimerInfo.";
        return null;
    }
}
