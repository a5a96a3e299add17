using System.Text.Json;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Failover;

/// <summary>How an attempt failed.</summary>
/// <param name="NothingStarted">The provider is known not to have accepted anything.</param>
public sealed record FailedAttempt(int Number, string Provider, Problem Problem, bool NothingStarted = false, TimeSpan? RetryAfter = null)
{
    /// <summary>
    /// A run that took too long is the build's fault: elsewhere it would cost its time again. A refused artifact and a refused request are refused
    /// everywhere. Refused credentials (401, 402, 403, 407) and missing settings are one provider's trouble. A quota is the provider's, and passes.
    /// </summary>
    public FaultClass Class => Problem.Code switch
    {
        ErrorCode.WorkerLost or ErrorCode.ProviderUnavailable or ErrorCode.BuildQuotaExceeded or ErrorCode.StorageUnavailable => FaultClass.Infrastructure,
        ErrorCode.BuildNotConfigured => FaultClass.Access,
        ErrorCode.ProviderRejected when ProviderStatus is 401 or 402 or 403 or 407 => FaultClass.Access,
        _ => FaultClass.Build,
    };

    /// <summary>Written as JSON, the field takes the place of the document's own status, which nothing has set yet.</summary>
    private int ProviderStatus => Problem.Fields?.TryGetValue("status", out var status) is true && status.ValueKind == JsonValueKind.Number
        ? status.GetInt32()
        : Problem.Status;
}
