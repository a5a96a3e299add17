using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Queue;

/// <summary>A build that wants a slot, or holds one: a place in each of its pools, all or none.</summary>
public sealed record Ticket(BuildId Build, AppName App, string Provider, int Priority, string? Server = null, OpenServers? Open = null)
{
    /// <summary>Whether it is the same wish; where a server is chosen for it, which one does not matter.</summary>
    internal bool IsSameAs(Ticket other) => this == other || (Open is not null && this with { Server = null, Open = null } == other with { Server = null, Open = null });

    /// <summary>This ticket on the first of its servers that has a free slot; itself where it needs none, null where none has.</summary>
    internal Ticket? Placed(IReadOnlyDictionary<SlotPool, int> taken)
    {
        if (Open is null)
        {
            return this;
        }

        var found = Open.List.FirstOrDefault(server => taken.GetValueOrDefault(new(SlotPoolKind.Server, server.Name)) < server.Slots).Name;
        return found is null ? null : this with { Server = found };
    }

    internal IEnumerable<SlotPool> Pools =>
    [
        SlotPool.Broker,
        new(SlotPoolKind.App, App.ToString()),
        new(SlotPoolKind.Provider, Provider),
        .. Server is null ? [] : new SlotPool[] { new(SlotPoolKind.Server, Server) },
    ];
}
