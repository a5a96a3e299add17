using System.Reflection;
using BuildFunctions.Embedded.Discovery;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>The plan of each function. What cannot be planned is a fault of the start.</summary>
internal sealed class FunctionPlans
{
    private readonly Dictionary<AppFunction, FunctionPlan> _plans = [];

    public FunctionPlans(FunctionCatalog catalog, ParameterBinders binders, TimeProvider time)
    {
        foreach (var function in catalog.Functions)
        {
            var returns = function.Method.ReturnType;
            if (returns == typeof(ValueTask) || (returns.IsGenericType && returns.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            {
                Faults.Add($"Function {function} returns {returns.Name}, which the worker does not await. Return a Task.");
            }

            ParameterBinder[] bound = [.. function.Method.GetParameters().Select(parameter => BinderOf(function, parameter, binders))];
            _plans.Add(function, new FunctionPlan(function, bound, time));
        }
    }

    public List<string> Faults { get; } = [];

    public FunctionPlan Of(AppFunction function) => _plans[function];

    private ParameterBinder BinderOf(AppFunction function, ParameterInfo parameter, ParameterBinders binders)
    {
        var why = "";
        if (binders.Create(function, parameter, ref why) is { } binder)
        {
            return binder;
        }

        Faults.Add($"Function {function}: nothing can supply the parameter '{parameter.Name}' of type {parameter.ParameterType.Name}. {why}");
        return _ => throw new FunctionInputConverterException(why);
    }
}
