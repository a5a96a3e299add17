using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Failures;

/// <summary>The same request would fail the same way: never retried.</summary>
public sealed class RejectedException(string code, string message, IReadOnlyList<FailureField>? fields = null, Exception? inner = null)
    : BrokerFailure(code, message, fields ?? [], inner)
{
    /// <summary>A request with these faults.</summary>
    public static RejectedException Invalid(IReadOnlyList<ValidationFault> faults) => new(
        ErrorCode.Validation,
        string.Join(" ", faults.Select(fault => fault.Message)),
        [new FailureField("errors", JsonSerializer.SerializeToElement([.. faults], ContractsJson.Default.ValidationFaultArray))]);
}
