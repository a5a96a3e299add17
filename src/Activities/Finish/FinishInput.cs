using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Activities.Finish;

public sealed record FinishInput(BuildId Build, BuildResult Result);
