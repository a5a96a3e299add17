using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>How a function is called, worked out once: its binders, the way to its instance and to its result.</summary>
internal sealed class FunctionPlan(FunctionDescriptor function, ParameterBinder[] binders, TimeProvider time)
{
    private readonly MethodInvoker _method = MethodInvoker.Create(function.Method);
    private readonly Func<object?, ValueTask<object?>> _read = ReturnedValue.ReaderOf(function.Method.ReturnType);
    private readonly Lazy<ObjectFactory>? _activator = function.Method.IsStatic
        ? null
        : new(() => ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, Type.EmptyTypes));

    public FunctionDescriptor Function { get; } = function;

    public FunctionDefinition Definition { get; } = new DescribedFunction(function);

    /// <summary>The end of the middleware chain.</summary>
    public static Task ExecuteAsync(FunctionContext context) =>
        context is EmbeddedFunctionContext own
            ? own.Plan.RunAsync(own)
            : throw new InvalidOperationException("Middleware must pass on the FunctionContext that it was given.");

    public string NewInvocationId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();

    private async Task RunAsync(EmbeddedFunctionContext context)
    {
        var instance = _activator?.Value(context.InstanceServices, null);
        var arguments = binders.Length == 0 ? [] : new object?[binders.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = await binders[i](context);
        }

        context.Result = await _read(_method.Invoke(instance, arguments.AsSpan()));
    }
}
