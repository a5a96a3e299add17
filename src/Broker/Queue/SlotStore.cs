using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Queue;

/// <summary>
/// Hands out slots. A host keeps the last view of the queue and writes against its version, one change at a time: alone, it writes once for each
/// change and reads nothing; beside others, it reads the queue again when one of them was faster.
/// </summary>
public sealed class SlotStore(BrokerStorage storage, IOptions<QueueOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);

    private readonly QueueTable _table = new(storage);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private VersionedView? _known;
    private long _seenAt;

    private QueueOptions Options => options.Value;

    /// <summary>Takes a slot if it is this build's turn, else waits in line; calling again changes nothing but the answer.</summary>
    public async Task<SlotAnswer> TakeAsync(Ticket ticket, CancellationToken cancellation)
    {
        var view = await ChangeAsync(view => Enter(view, ticket), cancellation);
        return view.Running.FirstOrDefault(held => held.Build == ticket.Build) is { } granted ? new SlotAnswer(Granted: true, Server: granted.Server) : new SlotAnswer(Granted: false, view.PlaceOf(ticket.Build, Options));
    }

    /// <summary>Frees what the build holds and leaves the line; the answer is who may start now.</summary>
    public async Task<IReadOnlyList<BuildId>> ReleaseAsync(BuildId build, CancellationToken cancellation)
    {
        var view = await ChangeAsync(
            view => view.Running.Concat(view.Waiting).FirstOrDefault(ticket => ticket.Build == build) is { } held ? new QueueChange(held, TicketState.Gone) : null,
            cancellation);
        return [.. view.Next(Options).Select(ticket => ticket.Build)];
    }

    /// <summary>The waiting builds that may start now, for whoever makes good a word that was lost.</summary>
    public async Task<IReadOnlyList<BuildId>> NextAsync(CancellationToken cancellation) =>
        [.. (await ViewAsync(TimeSpan.Zero, cancellation)).Next(Options).Select(ticket => ticket.Build)];

    /// <summary>The builds that hold or wait for a slot, for the sweep that frees what is stale.</summary>
    public async Task<IReadOnlyList<BuildId>> HoldersAsync(CancellationToken cancellation)
    {
        var view = await ViewAsync(TimeSpan.Zero, cancellation);
        return [.. view.Running.Concat(view.Waiting).Select(ticket => ticket.Build)];
    }

    /// <summary>The server that a build was given a slot of.</summary>
    public async Task<string?> ServerOfAsync(BuildId build, CancellationToken cancellation) =>
        (await ViewAsync(TimeSpan.Zero, cancellation)).Running.FirstOrDefault(ticket => ticket.Build == build)?.Server;

    /// <summary>How many builds run on each server.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ServersAsync(CancellationToken cancellation) =>
        (await ViewAsync(_fresh, cancellation)).Running.Select(ticket => ticket.Server).OfType<string>().CountBy(server => server).ToDictionary();

    /// <summary>The builds that wait for a slot of a provider.</summary>
    public async Task<IReadOnlyList<BuildId>> WaitingForAsync(string provider, CancellationToken cancellation) =>
        [.. (await ViewAsync(_fresh, cancellation)).Waiting.Where(ticket => ticket.Provider == provider).Select(ticket => ticket.Build)];

    public async Task<int> CountRunningAsync(CancellationToken cancellation) => (await ViewAsync(_fresh, cancellation)).Running.Count;

    public async Task<int> CountWaitingAsync(CancellationToken cancellation) => (await ViewAsync(_fresh, cancellation)).Waiting.Count;

    /// <summary>A waiting build's place as it is now, a second old at the most; null for one that does not wait.</summary>
    public async Task<BuildQueuePlace?> PlaceOfAsync(BuildId build, CancellationToken cancellation) =>
        (await ViewAsync(_fresh, cancellation)).PlaceOf(build, Options);

    private QueueChange? Enter(QueueView view, Ticket ticket)
    {
        if (view.Running.Any(ticket.IsSameAs))
        {
            return null;
        }

        var waits = view.Waiting.Contains(ticket);
        var entered = waits ? view : view.With(new(ticket, TicketState.Waiting));
        return entered.Next(Options).FirstOrDefault(next => next.Build == ticket.Build) is { } placed ? new(placed, TicketState.Running)
            : waits ? null
            : new(ticket, TicketState.Waiting);
    }

    private async Task<QueueView> ViewAsync(TimeSpan maxAge, CancellationToken cancellation)
    {
        if (_known is { } known && maxAge > TimeSpan.Zero && clock.GetElapsedTime(Volatile.Read(ref _seenAt)) < maxAge)
        {
            return known.View;
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            return (await RefreshAsync(cancellation)).View;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <param name="decide">Pure; null when nothing is to be changed.</param>
    private async Task<QueueView> ChangeAsync(Func<QueueView, QueueChange?> decide, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            // A write proves that the view was current; an answer without one must read for it.
            var before = _known ?? await RefreshAsync(cancellation);
            while (true)
            {
                if (decide(before.View) is { } change)
                {
                    if (await _table.TryWriteAsync(before, change, cancellation) is { } after)
                    {
                        return Keep(after).View;
                    }

                    before = await RefreshAsync(cancellation);
                }
                else if (await RefreshAsync(cancellation) is var current && current == before)
                {
                    return current.View;
                }
                else
                {
                    before = current;
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<VersionedView> RefreshAsync(CancellationToken cancellation) =>
        Keep(_known is { } known && await _table.VersionAsync(cancellation) == known.Version ? known : await _table.ReadAsync(cancellation));

    private VersionedView Keep(VersionedView view)
    {
        Volatile.Write(ref _seenAt, clock.GetTimestamp());
        return _known = view;
    }
}
