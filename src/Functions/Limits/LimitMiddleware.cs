using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Functions.Limits;

/// <summary>What every request must keep to, before anything is read or asked of storage.</summary>
internal sealed class LimitMiddleware(RateLimits limits, ClientAddresses addresses) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            limits.PassAddress(addresses.Of(http));
        }

        return next(context);
    }
}
