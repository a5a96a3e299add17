using BuildFunctions.Activities;
using BuildFunctions.Activities.Failures;
using BuildFunctions.Activities.Release;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>One build, from its acceptance to the final record. The instance's id is the build's.</summary>
public static class BuildOrchestration
{
    [Function(nameof(BuildOrchestration))]
    public static async Task<BuildResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, BuildBrief build)
    {
        var signals = new BuildSignals(context);
        BuildResult result;
        try
        {
            result = await BuildAsync(context, build, signals);
        }
        catch (BuildStoppedException stopped)
        {
            result = stopped.Result;
        }
        catch (TaskFailedException failed)
        {
            result = new BuildResult(BuildStatus.Failed, Error: ActivityFailure.Of(failed.FailureDetails).Problem);
        }

        await context.FinishAsync(build.Id, result);
        return result.Error is { Code: ErrorCode.Internal } bug ? throw new BuildStoppedException(result, bug.Detail) : result;
    }

    private static async Task<BuildResult> BuildAsync(TaskOrchestrationContext context, BuildBrief build, BuildSignals signals)
    {
        var planned = await context.PlanAsync(build, signals);
        if (build.Supersede != Supersede.Off)
        {
            await context.SupersedeAsync(build);
        }

        var plan = planned.Plan!;
        var release = planned.Cached
            ?? (plan.NeedsBuild ? await context.BuildOnProvidersAsync(build, signals) : await context.TakeSourceAsReleaseAsync(build.Id));
        signals.ThrowIfCancelled();

        if (build.Deploy == DeployTarget.None)
        {
            return new BuildResult(BuildStatus.Success, "built, not deployed");
        }

        await context.DeployAsync(new DeployInput(build, plan.SinglePage, release));
        return new BuildResult(BuildStatus.Success);
    }
}
