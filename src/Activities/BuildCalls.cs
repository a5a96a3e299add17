using BuildFunctions.Activities.Failures;
using BuildFunctions.Activities.Finish;
using BuildFunctions.Activities.Plan;
using BuildFunctions.Activities.Queue;
using BuildFunctions.Activities.Release;
using BuildFunctions.Activities.Runs;
using BuildFunctions.Activities.Source;
using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Ids;
using Microsoft.DurableTask;

namespace BuildFunctions.Activities;

/// <summary>The activities as orchestrations call them: each name and retry policy is said here and nowhere else.</summary>
public static class BuildCalls
{
    public static Task<ReceivedSource?> CloneSourceAsync(this TaskOrchestrationContext context, BuildId build) =>
        context.CallActivityAsync<ReceivedSource?>(nameof(CloneSourceActivity), build, Retries.Provider);

    public static Task<PlannedBuild> PlanAsync(this TaskOrchestrationContext context, BuildId build, ReceivedSource? source) =>
        context.CallActivityAsync<PlannedBuild>(nameof(PlanActivity), new PlanInput(build, source), Retries.Storage);

    public static Task<BuiltRelease> TakeSourceAsReleaseAsync(this TaskOrchestrationContext context, BuildId build) =>
        context.CallActivityAsync<BuiltRelease>(nameof(TakeSourceAsReleaseActivity), build, Retries.Storage);

    public static Task SupersedeAsync(this TaskOrchestrationContext context, BuildBrief build) =>
        context.CallActivityAsync(nameof(SupersedeActivity), build, Retries.Storage);

    public static Task<bool> TakeSlotAsync(this TaskOrchestrationContext context, SlotRequest request) =>
        context.CallActivityAsync<bool>(nameof(TakeSlotActivity), request, Retries.Storage);

    public static Task LeaveQueueAsync(this TaskOrchestrationContext context, BuildId build) =>
        context.CallActivityAsync(nameof(LeaveQueueActivity), build, Retries.Always);

    public static Task<RunHandle> StartRunAsync(this TaskOrchestrationContext context, AttemptOrder attempt) =>
        context.CallActivityAsync<RunHandle>(nameof(StartRunActivity), attempt, Retries.Attempt);

    public static Task<RunLook> PollRunAsync(this TaskOrchestrationContext context, RunReference run) =>
        context.CallActivityAsync<RunLook>(nameof(PollRunActivity), run, Retries.Attempt);

    public static Task CancelRunAsync(this TaskOrchestrationContext context, RunCancel cancel) =>
        context.CallActivityAsync(nameof(CancelRunActivity), cancel, Retries.Attempt);

    public static Task<RunTrace> SettleRunAsync(this TaskOrchestrationContext context, RunSearch search) =>
        context.CallActivityAsync<RunTrace>(nameof(SettleRunActivity), search, Retries.Storage);

    public static Task<BuiltRelease> CollectArtifactAsync(this TaskOrchestrationContext context, RunReference run) =>
        context.CallActivityAsync<BuiltRelease>(nameof(CollectArtifactActivity), run, Retries.Provider);

    public static Task EndAttemptAsync(this TaskOrchestrationContext context, AttemptEnd end) =>
        context.CallActivityAsync(nameof(EndAttemptActivity), end, Retries.Always);

    public static Task<Deployment> DeployAsync(this TaskOrchestrationContext context, DeployInput deployment) =>
        context.CallActivityAsync<Deployment>(nameof(DeployActivity), deployment, Retries.Storage);

    public static Task<bool> SendWebhookAsync(this TaskOrchestrationContext context, DeliveryOrder delivery) =>
        context.CallActivityAsync<bool>(nameof(SendWebhookActivity), delivery, Retries.Storage);

    public static Task FinishAsync(this TaskOrchestrationContext context, BuildId build, BuildResult result) =>
        context.CallActivityAsync(nameof(FinishActivity), new FinishInput(build, result), Retries.Always);
}
