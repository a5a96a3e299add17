using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>The app's middleware around its executor, composed once.</summary>
internal sealed class FunctionPipeline
{
    private readonly IFunctionExecutor _executor;

    public FunctionPipeline(MiddlewareList middleware, IFunctionExecutor executor)
    {
        _executor = executor;
        Run = middleware.Around(ExecuteAsync);
    }

    public FunctionExecutionDelegate Run { get; }

    /// <summary>As in the worker, middleware may name another executor for one invocation.</summary>
    private Task ExecuteAsync(FunctionContext context) =>
        (context.Features.Get<IFunctionExecutor>() ?? _executor).ExecuteAsync(context).AsTask();
}
