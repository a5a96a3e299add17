using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Failures;

/// <summary>The machine that ran the attempt is gone: the attempt is tried again elsewhere.</summary>
public sealed class WorkerLostException(string message, Exception? inner = null) : BrokerException(ErrorCode.WorkerLost, message, inner);
