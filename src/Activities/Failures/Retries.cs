using Microsoft.DurableTask;

namespace BuildFunctions.Activities.Failures;

/// <summary>How often a step is tried, by what it talks to.</summary>
public static class Retries
{
    /// <summary>The broker's own storage: back within minutes or not at all.</summary>
    public static TaskOptions Storage { get; } = Policy(attempts: 8, first: TimeSpan.FromMilliseconds(250), max: TimeSpan.FromSeconds(20));

    /// <summary>A provider's API: it may ask for patience.</summary>
    public static TaskOptions Provider { get; } = Policy(attempts: 6, first: TimeSpan.FromSeconds(1), max: TimeSpan.FromSeconds(30));

    /// <summary>A call in the middle of an attempt: the orchestration goes on to decide soon, and at once where the provider has said when.</summary>
    public static TaskOptions Attempt { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(1), backoffCoefficient: 2)
    {
        HandleFailure = details => ActivityFailure.Of(details) is { RetryAfter: null, Kind: FailureKind.Transient or FailureKind.Unexpected },
    });

    /// <summary>What must get through, however long storage is away: freeing a slot, writing how a build ended.</summary>
    public static TaskOptions Always { get; } = Policy(attempts: 500, first: TimeSpan.FromMilliseconds(250), max: TimeSpan.FromMinutes(1));

    private static TaskOptions Policy(int attempts, TimeSpan first, TimeSpan max) =>
        TaskOptions.FromRetryPolicy(new RetryPolicy(attempts, first, backoffCoefficient: 2, max)
        {
            HandleFailure = details => ActivityFailure.Of(details).Kind is FailureKind.Transient or FailureKind.Unexpected,
        });
}
