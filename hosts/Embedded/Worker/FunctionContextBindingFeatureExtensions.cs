using BuildFunctions.Embedded.Invocation;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextBindingFeatureExtensions
{
    public static InvocationResult GetInvocationResult(this FunctionContext context) =>
        new ContextInvocationResult((EmbeddedFunctionContext)context);
}
