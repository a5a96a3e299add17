using BuildFunctions.Engine.History;

namespace BuildFunctions.Engine.Hub;

/// <summary>
/// Something for an instance, waiting in its mailbox: an event for one generation (0: any), or a nudge to look again.
/// <paramref name="Receipt"/> is set when the event is durable or refused.
/// </summary>
internal sealed record Message(HistoryEvent? Event, int Generation = 0, TaskCompletionSource<Delivery>? Receipt = null);
