namespace BuildFunctions.Broker.Failures;

/// <summary>The same request will fail again: never retried.</summary>
public sealed class RejectedException(string code, string message, Exception? inner = null) : BrokerException(code, message, inner);
