using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets.Redaction;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Activities.Failures;

/// <summary>
/// Gives what an activity throws the form that the orchestration reads. It goes into history, and therefore without secrets. It stands around the executor
/// and not in the middleware: Durable Functions turns an exception into text between the two.
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
            throw ActivityFailure.Wrap((await redactor.FindAsync(context.CancellationToken)).Redact(failure));
        }
        catch (Exception fault) when (!context.CancellationToken.IsCancellationRequested)
        {
            var redacted = (await redactor.FindAsync(context.CancellationToken)).Redact(fault.ToString());
            Failed(logger, context.FunctionDefinition.Name, context.InvocationId, redacted);
            throw ActivityFailure.Hide(context.InvocationId);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Function} failed unexpectedly, {Invocation}: {Fault}")]
    private static partial void Failed(ILogger logger, string function, string invocation, string fault);
}
