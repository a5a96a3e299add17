namespace BuildFunctions.Broker.Failures;

/// <summary>The step may work when it is tried again, not before <see cref="RetryAfter"/> where that is known.</summary>
public sealed class TransientException(string code, string message, TimeSpan? retryAfter = null, IReadOnlyList<FailureField>? fields = null, Exception? inner = null)
    : BrokerFailure(code, message, fields ?? [], inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Known to have had no effect: no connection, or an answer that says so. Left out, a start may have begun a run all the same.</summary>
    public bool NothingStarted { get; init; }
}
