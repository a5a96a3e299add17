using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocation;

namespace BuildFunctions.Embedded.Tests.Invocation;

internal sealed class NotingExecutor(IFunctionExecutor inner, Trail trail) : IFunctionExecutor
{
    public async ValueTask ExecuteAsync(FunctionContext context)
    {
        trail.Add($"{context.FunctionDefinition.Name} in");
        await inner.ExecuteAsync(context);
        trail.Add($"{context.FunctionDefinition.Name} out");
    }
}
