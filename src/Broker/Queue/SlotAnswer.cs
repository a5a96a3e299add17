using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Queue;

/// <summary>Whether a build may run now; if not, where it stands.</summary>
public sealed record SlotAnswer(bool Granted, BuildQueuePlace? Place = null, string? Server = null);
