using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Queue;

/// <summary>A build that wants a slot, or holds one: a place in each of its pools, all or none.</summary>
public sealed record Ticket(BuildId Build, AppName App, string Provider, int Priority, string? Server = null)
{
    internal IEnumerable<SlotPool> Pools =>
    [
        SlotPool.Broker,
        new(SlotPoolKind.App, App.ToString()),
        new(SlotPoolKind.Provider, Provider),
        .. Server is null ? [] : new SlotPool[] { new(SlotPoolKind.Server, Server) },
    ];
}
