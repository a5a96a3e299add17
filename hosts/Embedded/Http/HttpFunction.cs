using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Embedded.Http;

/// <summary>The endpoint of an HTTP function.</summary>
internal sealed partial class HttpFunction(AppFunction function, ParameterBinder[] binders, FunctionExecutionDelegate run, ILogger logger)
{
    private readonly HttpResultWriter _result = new(function);

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            var context = new EmbeddedFunctionContext(function, binders, http, null, http.RequestAborted);
            await run(context);
            await _result.WriteAsync(http, context.Result);
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
            LogFailed(fault, function.Name);
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
