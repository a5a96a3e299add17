namespace BuildFunctions.Broker.Failures;

/// <summary>The step may work when it is tried again, not before <see cref="RetryAfter"/> where that is known.</summary>
public sealed class TransientException(string code, string message, TimeSpan? retryAfter = null, IReadOnlyList<FailureField>? fields = null, Exception? inner = null)
    : BrokerFailure(code, message, fields ?? [], inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
