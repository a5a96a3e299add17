using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Servers;

/// <summary>A server and what it said of itself last; null where it was never asked.</summary>
public sealed record KnownServer(BuildServer Server, ServerHealth? Health);
