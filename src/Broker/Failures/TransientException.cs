namespace BuildFunctions.Broker.Failures;

/// <summary>The same step may succeed later: retried, after <see cref="RetryAfter"/> when the other side named a time.</summary>
public sealed class TransientException(string code, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : BrokerException(code, message, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
