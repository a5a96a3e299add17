using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;

namespace BuildFunctions.Activities.Release;

public sealed record DeployInput(BuildOrder Order, BuildPlan Plan, BuiltRelease Release);
