namespace BuildFunctions.Broker.Failures;

/// <summary>The same request would fail the same way: never retried.</summary>
public sealed class RejectedException(string code, string message, IReadOnlyList<FailureField>? fields = null, Exception? inner = null)
    : BrokerFailure(code, message, fields ?? [], inner);
