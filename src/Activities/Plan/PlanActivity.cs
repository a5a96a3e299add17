using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts.Builds;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Plan;

/// <summary>
/// Decides, once, all that the build will do; from here on it has started. It is a build's first step, and looks for what was said before that: Durable
/// Functions throws away what an instance is told before its first turn, so whoever tells writes it into the record first.
/// </summary>
public sealed class PlanActivity(BuildPlanner planner, CacheLookup cache, BuildStore builds, Announcer announcer)
{
    [Function(nameof(PlanActivity))]
    public async Task<PlannedBuild> RunAsync([ActivityTrigger] PlanInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (order, build) = await builds.RequireAsync(input.Build, cancellation);
        if (build.Phase == BuildPhase.Cancelling)
        {
            return new PlannedBuild { Cancelled = build.Reason ?? "cancelled" };
        }

        if ((input.Source ?? await builds.FindSourceAsync(order.Id, cancellation)) is not { } source)
        {
            return new PlannedBuild();
        }

        var plan = await planner.PlanAsync(order, source, cancellation);
        await client.DeliverAsync(await announcer.StartedAsync(order.Id, cancellation), cancellation);
        return new PlannedBuild { Plan = PlanOutline.Of(plan), Cached = await cache.FindAsync(plan, order.Request.Rebuild, cancellation) };
    }
}
