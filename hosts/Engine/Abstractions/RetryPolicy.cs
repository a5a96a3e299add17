namespace Microsoft.DurableTask;

/// <summary>Attempts, spacing and limits of a retried call. The waits are durable timers.</summary>
public class RetryPolicy
{
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1);
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = Longer(maxRetryInterval, nameof(maxRetryInterval)) ?? TimeSpan.FromHours(1);
        RetryTimeout = Longer(retryTimeout, nameof(retryTimeout)) ?? Timeout.InfiniteTimeSpan;
    }

    public int MaxNumberOfAttempts { get; }

    public TimeSpan FirstRetryInterval { get; }

    public double BackoffCoefficient { get; }

    public TimeSpan MaxRetryInterval { get; }

    public TimeSpan RetryTimeout { get; }

    public Func<TaskFailureDetails, bool> HandleFailure { internal get; init; } = _ => true;

    internal TimeSpan WaitAfter(int attempt)
    {
        var wait = FirstRetryInterval.TotalMilliseconds * Math.Pow(BackoffCoefficient, attempt - 1);
        return wait < MaxRetryInterval.TotalMilliseconds ? TimeSpan.FromMilliseconds(wait) : MaxRetryInterval;
    }

    private TimeSpan? Longer(TimeSpan? interval, string parameter) =>
        interval is { } value && value != Timeout.InfiniteTimeSpan && value < FirstRetryInterval
            ? throw new ArgumentOutOfRangeException(parameter, value, "Must not be shorter than the first retry interval.")
            : interval;
}
