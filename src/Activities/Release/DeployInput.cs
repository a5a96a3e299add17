using BuildFunctions.Broker.Builds;

namespace BuildFunctions.Activities.Release;

public sealed record DeployInput(BuildBrief Build, bool SinglePage, BuiltRelease Release);
