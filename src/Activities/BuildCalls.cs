using BuildFunctions.Activities.Failures;
using BuildFunctions.Activities.Finish;
using BuildFunctions.Activities.Plan;
using BuildFunctions.Activities.Queue;
using BuildFunctions.Activities.Release;
using BuildFunctions.Activities.Runs;
using BuildFunctions.Activities.Source;
using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Ids;
using Microsoft.DurableTask;

namespace BuildFunctions.Activities;

/// <summary>The activities as orchestrations call them: each name and retry policy is said here and nowhere else.</summary>
public static class BuildCalls
{
    public static Task<ReceivedSource?> CloneSourceAsync(this TaskOrchestrationContext context, BuildOrder order) =>
        context.CallActivityAsync<ReceivedSource?>(nameof(CloneSourceActivity), order, Retries.Provider);

    public static Task<PlannedBuild> PlanAsync(this TaskOrchestrationContext context, BuildOrder order, ReceivedSource? source) =>
        context.CallActivityAsync<PlannedBuild>(nameof(PlanActivity), new PlanInput(order, source), Retries.Storage);

    public static Task<BuiltRelease> TakeSourceAsReleaseAsync(this TaskOrchestrationContext context, BuildPlan plan) =>
        context.CallActivityAsync<BuiltRelease>(nameof(TakeSourceAsReleaseActivity), plan, Retries.Storage);

    public static Task SupersedeAsync(this TaskOrchestrationContext context, BuildOrder order) =>
        context.CallActivityAsync(nameof(SupersedeActivity), order, Retries.Storage);

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

    public static Task<Deployment> DeployAsync(this TaskOrchestrationContext context, BuildOrder order, BuildPlan plan, BuiltRelease release) =>
        context.CallActivityAsync<Deployment>(nameof(DeployActivity), new DeployInput(order, plan, release), Retries.Storage);

    public static Task<bool> SendWebhookAsync(this TaskOrchestrationContext context, DeliveryOrder delivery) =>
        context.CallActivityAsync<bool>(nameof(SendWebhookActivity), delivery, Retries.Storage);

    public static Task FinishAsync(this TaskOrchestrationContext context, BuildOrder order, BuildResult result) =>
        context.CallActivityAsync(nameof(FinishActivity), new FinishInput(order, result), Retries.Always);
}
