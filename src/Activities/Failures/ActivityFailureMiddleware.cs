using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets.Redaction;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Activities.Failures;

/// <summary>Gives what an activity throws the form that the orchestration reads. It goes into history, and therefore without secrets.</summary>
public sealed class ActivityFailureMiddleware(BrokerRedactor redactor) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type == "activityTrigger"))
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (BrokerFailure failure)
        {
            throw ActivityFailure.Wrap((await redactor.FindAsync(context.CancellationToken)).Redact(failure));
        }
    }
}
