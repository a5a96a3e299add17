using BuildFunctions.Embedded.Discovery;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>What is worked out once for each function: its definition, and what supplies each parameter.</summary>
internal sealed class FunctionPlan(AppFunction function, ParameterBinder[] binders, TimeProvider time)
{
    public AppFunction Function { get; } = function;

    public ParameterBinder[] Binders { get; } = binders;

    public FunctionDefinition Definition { get; } = new DescribedFunction(function);

    public string NewInvocationId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
