using BuildFunctions.Embedded.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Embedded.Http;

/// <summary>The endpoint of an HTTP function.</summary>
internal sealed partial class HttpFunction(FunctionPlan plan, FunctionExecutionDelegate run, HttpResultWriter result, ILogger logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            var context = new EmbeddedFunctionContext(plan, http, null, http.RequestAborted);
            await run(context);
            await result.WriteAsync(http, context.Result);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
        }
        catch (Exception fault)
        {
            await AnswerAsync(http, fault);
        }
    }

    private Task AnswerAsync(HttpContext http, Exception fault)
    {
        var refusal = fault switch
        {
            RequestRejectedException rejected => (rejected.Status, fault.Message, rejected.Errors),
            BadHttpRequestException bad => (bad.StatusCode, bad.Message, null),
            _ => (Status: StatusCodes.Status500InternalServerError, "", Errors: null),
        };
        if (refusal.Status == StatusCodes.Status500InternalServerError)
        {
            LogFailed(fault, plan.Function.Name);
        }

        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        http.Response.Clear();
        http.Response.StatusCode = refusal.Status;
        return refusal.Status == StatusCodes.Status500InternalServerError
            ? Task.CompletedTask
            : ProblemResponse.WriteAsync(http, refusal.Status, refusal.Item2, refusal.Errors);
    }

    [LoggerMessage(LogLevel.Error, "Function {Function} failed.")]
    private partial void LogFailed(Exception fault, string function);
}
