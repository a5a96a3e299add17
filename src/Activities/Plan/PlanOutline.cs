using BuildFunctions.Broker.Planning;

namespace BuildFunctions.Activities.Plan;

/// <summary>What the orchestration needs to know of a plan; the plan itself is stored.</summary>
/// <param name="NeedsBuild">See <see cref="BuildPlan.NeedsBuild"/>.</param>
/// <param name="SinglePage">See <see cref="BuildPlan.Spa"/>.</param>
public sealed record PlanOutline(bool NeedsBuild, bool SinglePage)
{
    public static PlanOutline Of(BuildPlan plan) => new(plan.NeedsBuild, plan.Spa);
}
