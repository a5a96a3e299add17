using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>The build that an idempotency key stands for, and a hash of the request that it came with.</summary>
public sealed record KeyClaim(BuildId Build, string Request);
