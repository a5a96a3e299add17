using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>The app's middleware, the outermost first.</summary>
internal sealed class MiddlewareList
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];

    public void Add(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => _middleware.Add(middleware);

    public FunctionExecutionDelegate Around(FunctionExecutionDelegate innermost) =>
        Enumerable.Reverse(_middleware).Aggregate(innermost, (next, wrap) => wrap(next));
}
