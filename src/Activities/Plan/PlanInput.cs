using BuildFunctions.Broker.Builds;

namespace BuildFunctions.Activities.Plan;

public sealed record PlanInput(BuildOrder Order, ReceivedSource Source);
