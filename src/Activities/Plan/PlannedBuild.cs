using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;

namespace BuildFunctions.Activities.Plan;

public sealed record PlannedBuild(BuildOrder Order, BuildPlan Plan);
