using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Builds;

/// <summary>All that is stored of a build in one row.</summary>
public sealed record StoredBuild(Build Build, BuildOrder Order, DateTimeOffset ChangedAt);
