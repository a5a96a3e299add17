using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Invocation;

internal sealed class ContextInvocationResult(EmbeddedFunctionContext context) : InvocationResult
{
    public override object? Value
    {
        get => context.Result;
        set => context.Result = value;
    }
}
