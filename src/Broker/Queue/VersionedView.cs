using Azure;

namespace BuildFunctions.Broker.Queue;

/// <summary>A view and the version of the head that it was read with.</summary>
internal sealed record VersionedView(ETag Version, QueueView View);
