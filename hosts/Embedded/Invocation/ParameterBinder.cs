namespace BuildFunctions.Embedded.Invocation;

/// <summary>Supplies one parameter of a function; made once, at start.</summary>
internal delegate object? ParameterBinder(EmbeddedFunctionContext context);
