namespace BuildFunctions.Broker.Queue;

internal enum SlotPoolKind
{
    Broker,
    App,
    Provider,
    Server,
}
