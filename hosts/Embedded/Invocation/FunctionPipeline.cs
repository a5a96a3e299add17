using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>The app's middleware around the call of a function, composed once.</summary>
internal sealed class FunctionPipeline
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];
    private FunctionExecutionDelegate? _run;

    public FunctionExecutionDelegate Run => _run ??= Compose();

    public void Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => _middleware.Add(middleware);

    private FunctionExecutionDelegate Compose() =>
        Enumerable.Reverse(_middleware).Aggregate((FunctionExecutionDelegate)FunctionPlan.ExecuteAsync, (next, wrap) => wrap(next));
}
