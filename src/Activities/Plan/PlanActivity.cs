using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Plan;

/// <summary>Decides, once, all that the build will do; from here on it has started.</summary>
public sealed class PlanActivity(BuildPlanner planner, Announcer announcer)
{
    [Function(nameof(PlanActivity))]
    public async Task<BuildPlan> RunAsync([ActivityTrigger] PlanInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var plan = await planner.PlanAsync(input.Order, input.Source, cancellation);
        await client.DeliverAsync(await announcer.StartedAsync(input.Order.Id, cancellation), cancellation);
        return plan;
    }
}
