using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Queue;

/// <summary>One slot of a pool that a build holds.</summary>
internal sealed record Lease(string Pool, int Number, BuildId Build, Azure.ETag ETag = default);
