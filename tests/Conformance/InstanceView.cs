using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Conformance;

/// <summary>What a client says of an instance.</summary>
public sealed record InstanceView(string Status, string? Output, string? CustomStatus, InstanceView.FailureView? Failure)
{
    public static InstanceView Of(OrchestrationMetadata instance) => new(
        instance.RuntimeStatus.ToString(), instance.SerializedOutput, Set(instance.SerializedCustomStatus), FailureView.Of(instance.FailureDetails));

    // The extension has the text "null" where nothing was ever set.
    private static string? Set(string? customStatus) => customStatus is "null" ? null : customStatus;

    public sealed record FailureView(string Type, string Message, FailureView? Inner)
    {
        public static FailureView? Of(TaskFailureDetails? failure) =>
            failure is null ? null : new(failure.ErrorType, failure.ErrorMessage, Of(failure.InnerFailure));
    }
}
