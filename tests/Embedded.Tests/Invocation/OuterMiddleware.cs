using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class OuterMiddleware(Trail trail) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        trail.Add("outer in");
        if (context.GetHttpContext()!.Request.Query.ContainsKey("stop"))
        {
            context.GetInvocationResult().Value = Results.Unauthorized();
            return;
        }

        try
        {
            await next(context);
        }
        catch (TimeoutException)
        {
            context.GetInvocationResult().Value = Results.StatusCode(504);
        }

        trail.Add("outer out");
    }
}
