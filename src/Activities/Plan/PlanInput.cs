using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Activities.Plan;

/// <param name="Build">Its order is in its record.</param>
/// <param name="Source">Null where the build has not heard of one: then the record tells whether it has come.</param>
public sealed record PlanInput(BuildId Build, ReceivedSource? Source);
