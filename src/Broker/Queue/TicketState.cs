namespace BuildFunctions.Broker.Queue;

internal enum TicketState
{
    Waiting,
    Running,
    Gone,
}
