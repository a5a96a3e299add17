namespace BuildFunctions.Embedded.Invocation;

/// <summary>Runs a function in a service scope of its own, with the app's middleware around it. Continues on the caller's scheduler.</summary>
internal sealed class FunctionInvoker(FunctionParameters parameters, FunctionPipeline pipeline, IServiceScopeFactory scopes)
{
    /// <param name="function">Which.</param>
    /// <param name="triggerValue">Handed to the trigger parameter as it is; its type must fit.</param>
    /// <param name="cancellation">What the function's CancellationToken is.</param>
    /// <returns>What the function returned, a task's result unwrapped; null for void and Task.</returns>
    public async Task<object?> InvokeAsync(AppFunction function, object? triggerValue, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new EmbeddedFunctionContext(function, parameters.Of(function), null, triggerValue, cancellation)
        {
            InstanceServices = scope.ServiceProvider,
        };
        await pipeline.Run(context);
        return context.Result;
    }
}
