using BuildFunctions.Contracts.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Problems;

/// <summary>Answers what an HTTP function throws with a problem document; what nobody expected is logged with the id that the client is given.</summary>
internal sealed partial class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext();
        if (http is null)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var problem = ProblemMapper.Map(exception);
            if (problem is { Status: >= StatusCodes.Status500InternalServerError })
            {
                CouldNotServe(logger, context.FunctionDefinition.Name, problem.Code, exception);
            }
            else if (problem is null)
            {
                FunctionFailed(logger, context.FunctionDefinition.Name, http.TraceIdentifier, exception);
                problem = ProblemMapper.Of(ErrorCode.Internal, "The broker's log tells more under this trace id.");
            }

            // What the function has set for its own answer, a length among it, does not hold for this one.
            http.Response.Clear();
            await new ProblemResult(problem with { Instance = http.Request.Path, TraceId = http.TraceIdentifier }).ExecuteAsync(http);
        }
    }

    [LoggerMessage(2, LogLevel.Warning, "{Function} could not be served: {Code}")]
    private static partial void CouldNotServe(ILogger logger, string function, string code, Exception exception);

    [LoggerMessage(1, LogLevel.Error, "{Function} failed; trace id {TraceId}")]
    private static partial void FunctionFailed(ILogger logger, string function, string traceId, Exception exception);
}
