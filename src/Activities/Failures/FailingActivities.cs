using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets.Redaction;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Activities.Failures;

/// <summary>
/// Gives what an activity throws the form that the orchestration reads. It goes into history, and therefore without secrets. It stands around the executor
/// and not in the middleware: Durable Functions turns an exception into text between the two. What was to be expected, a refused artifact or a provider that is
/// away, is one line in the log; the build's timeline says more.
/// </summary>
internal sealed partial class FailingActivities(IFunctionExecutor functions, BrokerRedactor redactor, ILogger<FailingActivities> logger) : IFunctionExecutor
{
    public async ValueTask ExecuteAsync(FunctionContext context)
    {
        if (!context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type == "activityTrigger"))
        {
            await functions.ExecuteAsync(context);
            return;
        }

        try
        {
            await functions.ExecuteAsync(context);
        }
        catch (BrokerFailure failure)
        {
            var told = (await redactor.FindAsync(context.CancellationToken)).Redact(failure);
            NotDone(logger, context.FunctionDefinition.Name, told.Code, told.Message);
            throw ActivityFailure.Wrap(told);
        }
        catch (Exception fault) when (!context.CancellationToken.IsCancellationRequested)
        {
            var redacted = (await redactor.FindAsync(context.CancellationToken)).Redact(fault.ToString());
            Failed(logger, context.FunctionDefinition.Name, context.InvocationId, redacted);
            throw ActivityFailure.Hide(context.InvocationId);
        }
    }

    [LoggerMessage(2, LogLevel.Information, "{Function} was not done: {Code}: {Why}")]
    private static partial void NotDone(ILogger logger, string function, string code, string why);

    [LoggerMessage(1, LogLevel.Error, "{Function} failed unexpectedly, {Invocation}: {Fault}")]
    private static partial void Failed(ILogger logger, string function, string invocation, string fault);
}
