namespace BuildFunctions.Embedded;

/// <summary>Runs a function in a service scope of its own, with the app's middleware around it. Continues on the caller's scheduler.</summary>
public interface IFunctionInvoker
{
    /// <param name="triggerValue">Handed to the trigger parameter as it is; its type must fit.</param>
    /// <param name="items">What FunctionContext.Items starts with.</param>
    /// <returns>What the function returned, a task's result unwrapped; null for void and Task.</returns>
    Task<object?> InvokeAsync(
        FunctionDescriptor function, object? triggerValue, CancellationToken cancellation, IDictionary<object, object>? items = null);
}
