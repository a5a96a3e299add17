using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>The app's middleware, the outermost first, around its executor.</summary>
internal sealed class FunctionPipeline(
    IFunctionExecutor executor, IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
{
    public FunctionExecutionDelegate Run { get; } =
        middleware.Reverse().Aggregate<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>, FunctionExecutionDelegate>(
            context => executor.ExecuteAsync(context).AsTask(), (next, wrap) => wrap(next));
}
