using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Embedded.Http;

/// <summary>The endpoint of an HTTP function: sends the result that it returns; anything else leaves the response as it is.</summary>
internal sealed partial class HttpFunction(AppFunction function, ParameterBinder[] binders, FunctionExecutionDelegate run, ILogger logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            var context = new EmbeddedFunctionContext(function, binders, http, null, http.RequestAborted);
            await run(context);
            await (context.Result is IResult result ? result.ExecuteAsync(http) : Task.CompletedTask);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
        }
        catch (BadHttpRequestException refused)
        {
            await AnswerAsync(http, Results.Problem(refused.Message, statusCode: refused.StatusCode));
        }
        catch (Exception fault)
        {
            LogFailed(fault, function.Name);
            await AnswerAsync(http, Results.StatusCode(StatusCodes.Status500InternalServerError));
        }
    }

    private static Task AnswerAsync(HttpContext http, IResult answer)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        http.Response.Clear();
        return answer.ExecuteAsync(http);
    }

    [LoggerMessage(LogLevel.Error, "Function {Function} failed.")]
    private partial void LogFailed(Exception fault, string function);
}
