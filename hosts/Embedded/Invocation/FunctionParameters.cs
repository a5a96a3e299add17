namespace BuildFunctions.Embedded.Invocation;

/// <summary>What supplies the parameters of each function, worked out once. What nothing supplies is a fault of the start.</summary>
internal sealed class FunctionParameters
{
    private readonly Dictionary<AppFunction, ParameterBinder[]> _binders;

    public FunctionParameters(FunctionCatalog catalog, ParameterBinders binders)
    {
        _binders = catalog.Functions.ToDictionary(
            function => function,
            ParameterBinder[] (function) => [.. function.Method.GetParameters().Select(parameter => BinderOf(function, parameter, binders))]);
    }

    public List<string> Faults { get; } = [];

    public ParameterBinder[] Of(AppFunction function) => _binders[function];

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
