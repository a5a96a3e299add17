using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Activities.Runs;

/// <summary>A started run of an attempt.</summary>
public sealed record RunReference(AttemptOrder Attempt, RunHandle Handle);
