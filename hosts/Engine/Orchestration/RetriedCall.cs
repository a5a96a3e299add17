using BuildFunctions.Engine.History;
using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>Repeats a call as its retry options say, waiting on durable timers.</summary>
internal static class RetriedCall
{
    public static async Task<string?> RunAsync(TaskOrchestrationContext context, TaskRetryOptions? options, Func<Task<string?>> call)
    {
        var started = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            TaskFailureDetails failure;
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (options is not null && Failures.IsRetriable(failed))
            {
                failure = failed.FailureDetails;
                var spent = context.CurrentUtcDateTime - started;
                if (!(options.Policy is { } policy
                    ? Allows(policy, attempt, failed.InnerException!, spent)
                    : await options.Handler!(new RetryContext(context, attempt, failure, spent, CancellationToken.None))))
                {
                    throw;
                }
            }

            if (options.Policy is not null)
            {
                await context.CreateTimer(WaitAfter(options.Policy, attempt), CancellationToken.None);
            }
        }
    }

    private static bool Allows(RetryPolicy policy, int attempt, Exception failure, TimeSpan spent)
    {
        try
        {
            return attempt < policy.MaxNumberOfAttempts
                && (policy.RetryTimeout == Timeout.InfiniteTimeSpan || spent < policy.RetryTimeout)
                && policy.Handle(failure);
        }
        catch (Exception)
        {
            // As in Durable Functions: the call's own failure is worth more than that of the code which was asked about it.
            return false;
        }
    }

    private static TimeSpan WaitAfter(RetryPolicy policy, int attempt)
    {
        var wait = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return wait < policy.MaxRetryInterval.TotalMilliseconds ? TimeSpan.FromMilliseconds(wait) : policy.MaxRetryInterval;
    }
}
