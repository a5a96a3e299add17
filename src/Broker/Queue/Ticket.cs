using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Queue;

/// <summary>A build that wants a slot on a provider.</summary>
public sealed record Ticket(BuildId Build, string Provider, int Priority);
