namespace BuildFunctions.Embedded.Invocation;

/// <summary>Supplies one parameter of a function; made once, at start.</summary>
internal delegate ValueTask<object?> ParameterBinder(EmbeddedFunctionContext context);
