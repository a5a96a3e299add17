using BuildFunctions.Activities;
using BuildFunctions.Activities.Failures;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>One build, from the accepted order to the final record. The instance's id is the build's.</summary>
public static class BuildOrchestration
{
    [Function(nameof(BuildOrchestration))]
    public static async Task<BuildResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, BuildOrder order)
    {
        var signals = new BuildSignals(context);
        BuildResult result;
        try
        {
            result = await BuildAsync(context, order, signals);
        }
        catch (BuildStoppedException stopped)
        {
            result = stopped.Result;
        }
        catch (TaskFailedException failed)
        {
            result = new BuildResult(BuildStatus.Failed, Error: ActivityFailure.Of(failed.FailureDetails).Problem);
        }

        await context.FinishAsync(order, result);
        return result.Error is { Code: ErrorCode.Internal } bug ? throw new BuildStoppedException(result, bug.Detail) : result;
    }

    private static async Task<BuildResult> BuildAsync(TaskOrchestrationContext context, BuildOrder order, BuildSignals signals)
    {
        var planned = await context.PlanAsync(order, signals);
        if (order.Supersede != Supersede.Off)
        {
            await context.SupersedeAsync(order);
        }

        var plan = planned.Plan!;
        var release = planned.Cached
            ?? (plan.NeedsBuild ? await context.BuildOnProvidersAsync(order, plan, signals) : await context.TakeSourceAsReleaseAsync(plan));
        signals.ThrowIfCancelled();

        if (order.Request.Deploy == DeployTarget.None)
        {
            return new BuildResult(BuildStatus.Success, "built, not deployed");
        }

        await context.DeployAsync(order, plan, release);
        return new BuildResult(BuildStatus.Success);
    }
}
