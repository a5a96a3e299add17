using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>Repeats a call as its retry options say, waiting on durable timers.</summary>
internal static class RetriedCall
{
    public static async Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskRetryOptions? options, Func<Task<T>> call)
    {
        var started = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            TaskFailureDetails failure;
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (options is not null && !failed.FailureDetails.IsNonRetriable)
            {
                failure = failed.FailureDetails;
                var spent = context.CurrentUtcDateTime - started;
                if (!(options.Policy is { } policy
                    ? Allows(policy, attempt, failure, spent)
                    : await options.Handler!(new RetryContext(context, attempt, failure, spent, CancellationToken.None))))
                {
                    throw;
                }
            }

            if (options.Policy is not null)
            {
                await context.CreateTimer(options.Policy.WaitAfter(attempt), CancellationToken.None);
            }
        }
    }

    private static bool Allows(RetryPolicy policy, int attempt, TaskFailureDetails failure, TimeSpan spent) =>
        attempt < policy.MaxNumberOfAttempts
        && (policy.RetryTimeout == Timeout.InfiniteTimeSpan || spent < policy.RetryTimeout)
        && policy.HandleFailure(failure);
}
