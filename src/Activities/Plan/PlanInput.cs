using BuildFunctions.Broker.Builds;

namespace BuildFunctions.Activities.Plan;

/// <param name="Order">What was asked for.</param>
/// <param name="Source">Null where the build has not heard of one: then the record tells whether it has come.</param>
public sealed record PlanInput(BuildOrder Order, ReceivedSource? Source);
