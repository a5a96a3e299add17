using BuildFunctions.Contracts.Errors;
using Microsoft.AspNetCore.Connections;
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
        catch (Exception exception) when (HasGone(exception, http))
        {
            // There is nobody to answer, and nothing is wrong with the broker.
            ClientLeft(logger, context.FunctionDefinition.Name);
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

    /// <summary>The client has closed the connection, before or while it was answered.</summary>
    private static bool HasGone(Exception exception, HttpContext http) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (http.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException or BadHttpRequestException);

    [LoggerMessage(3, LogLevel.Debug, "The client of {Function} left")]
    private static partial void ClientLeft(ILogger logger, string function);

    [LoggerMessage(2, LogLevel.Warning, "{Function} could not be served: {Code}")]
    private static partial void CouldNotServe(ILogger logger, string function, string code, Exception exception);

    [LoggerMessage(1, LogLevel.Error, "{Function} failed; trace id {TraceId}")]
    private static partial void FunctionFailed(ILogger logger, string function, string traceId, Exception exception);
}
