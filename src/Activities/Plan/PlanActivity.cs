using BuildFunctions.Broker.Planning;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Plan;

/// <summary>Decides, once, all that the build will do.</summary>
public sealed class PlanActivity(BuildPlanner planner)
{
    [Function(nameof(PlanActivity))]
    public Task<BuildPlan> RunAsync([ActivityTrigger] PlanInput input, CancellationToken cancellation) =>
        planner.PlanAsync(input.Order, input.Source, cancellation);
}
