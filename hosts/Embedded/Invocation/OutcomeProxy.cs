namespace BuildFunctions.Embedded.Invocation;

/// <summary>The worker's own view of an invocation's result, by the properties that it asks for.</summary>
internal class OutcomeProxy : DispatchProxy
{
    public EmbeddedFunctionContext Context { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        "get_InvocationResult" => Context.Result,
        "set_InvocationResult" => Context.Result = args![0],
        _ => throw new NotSupportedException($"The embedded host has no {targetMethod?.DeclaringType?.Name}.{targetMethod?.Name}."),
    };
}
