using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Failures;

/// <summary>The machine that ran the attempt is gone: the attempt is made again elsewhere.</summary>
public sealed class WorkerLostException(string message, IReadOnlyList<FailureField>? fields = null, Exception? inner = null)
    : BrokerFailure(ErrorCode.WorkerLost, message, fields ?? [], inner);
