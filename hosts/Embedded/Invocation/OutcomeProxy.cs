namespace BuildFunctions.Embedded.Invocation;

/// <summary>The worker's own view of an invocation's result and outputs, by the properties that it asks for.</summary>
internal class OutcomeProxy : DispatchProxy
{
    private Dictionary<string, object?>? _outputs;

    public EmbeddedFunctionContext Context { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod?.Name)
        {
            case "get_InvocationResult":
                return Context.Result;
            case "set_InvocationResult":
                Context.Result = args![0];
                return null;
            case "get_OutputBindingData":
                return _outputs ??= [];
            case "get_TriggerMetadata" or "get_InputData":
                return Context.BindingContext.BindingData;
            default:
                throw new NotSupportedException($"The embedded host has no {targetMethod?.DeclaringType?.Name}.{targetMethod?.Name}.");
        }
    }
}
