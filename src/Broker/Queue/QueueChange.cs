namespace BuildFunctions.Broker.Queue;

/// <summary>The only thing that ever happens to the queue: one build comes, starts or goes.</summary>
internal sealed record QueueChange(Ticket Ticket, TicketState State);
