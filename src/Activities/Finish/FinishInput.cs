using BuildFunctions.Broker.Builds;

namespace BuildFunctions.Activities.Finish;

public sealed record FinishInput(BuildOrder Order, BuildResult Result);
