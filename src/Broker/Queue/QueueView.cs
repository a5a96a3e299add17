using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Queue;

/// <summary>
/// Who runs and who waits, at one moment; decides who is next. Higher priority goes first. Within a priority the app with the fewest builds running goes
/// first, then the one that was served longest ago, then the older build; within an app, first come first served.
/// </summary>
internal sealed class QueueView(IReadOnlyList<Ticket> running, IReadOnlyList<Ticket> waiting, IReadOnlyList<AppName> served)
{
    /// <summary>An app that is not among the last so many counts as never served.</summary>
    private const int MostServed = 256;

    private readonly Lazy<IReadOnlyList<Ticket>> _inTurn = new(() => Sort(running, waiting, served));
    private Dictionary<BuildId, int>? _places;

    public static QueueView Empty { get; } = new([], [], []);

    public IReadOnlyList<Ticket> Running => running;

    public IReadOnlyList<Ticket> Waiting => waiting;

    /// <summary>The apps whose builds were started last, the latest at the end.</summary>
    public IReadOnlyList<AppName> Served => served;

    /// <summary>The waiting builds that may start now, in order; one that waits for a full pool does not hold up the others.</summary>
    public IReadOnlyList<Ticket> Next(QueueOptions options)
    {
        List<Ticket> next = [];
        if (running.Count >= options.MaxConcurrent || waiting.Count == 0)
        {
            return next;
        }

        var taken = Taken();
        foreach (var ticket in _inTurn.Value)
        {
            if (HasRoom(ticket, taken, options) && ticket.Placed(taken) is { } placed)
            {
                next.Add(placed);
                foreach (var pool in placed.Pools)
                {
                    taken[pool] = taken.GetValueOrDefault(pool) + 1;
                }

                if (taken[SlotPool.Broker] >= options.MaxConcurrent)
                {
                    break;
                }
            }
        }

        return next;
    }

    /// <summary>Null for a build that does not wait.</summary>
    public BuildQueuePlace? PlaceOf(BuildId build, QueueOptions options)
    {
        _places ??= _inTurn.Value.Select((ticket, place) => (ticket.Build, place)).ToDictionary();
        if (!_places.TryGetValue(build, out var place))
        {
            return null;
        }

        var taken = Taken();
        var ticket = _inTurn.Value[place];
        var full = ticket.Pools.Where(pool => taken.GetValueOrDefault(pool) >= options.LimitOf(pool)).Select(pool => (SlotPool?)pool).FirstOrDefault();
        if (full is null && ticket.Open is { } open && ticket.Placed(taken) is null)
        {
            return new BuildQueuePlace(place + 1, QueueWords.Why([.. open.List]));
        }

        var ofThisApp = _inTurn.Value.Take(place).Count(other => other.App == ticket.App);
        return new BuildQueuePlace(place + 1, QueueWords.Why(full, full is { } pool ? options.LimitOf(pool) : 0, ofThisApp, place - ofThisApp));
    }

    public QueueView With(QueueChange change)
    {
        var build = change.Ticket.Build;
        var (still, others) = (running.Where(ticket => ticket.Build != build), waiting.Where(ticket => ticket.Build != build));
        return change.State switch
        {
            TicketState.Waiting => new([.. still], [.. others, change.Ticket], served),
            TicketState.Running => new([.. still, change.Ticket], [.. others], [.. served.Where(app => app != change.Ticket.App).TakeLast(MostServed - 1), change.Ticket.App]),
            _ => new([.. still], [.. others], served),
        };
    }

    /// <summary>In all pools but those of servers, where it may have a choice.</summary>
    private static bool HasRoom(Ticket ticket, Dictionary<SlotPool, int> taken, QueueOptions options) =>
        (ticket.Open is null ? ticket : ticket with { Server = null }).Pools.All(pool => taken.GetValueOrDefault(pool) < options.LimitOf(pool));

    private Dictionary<SlotPool, int> Taken() => running.SelectMany(ticket => ticket.Pools).CountBy(pool => pool).ToDictionary();

    private static IReadOnlyList<Ticket> Sort(IReadOnlyList<Ticket> running, IReadOnlyList<Ticket> waiting, IReadOnlyList<AppName> served)
    {
        var rounds = running.CountBy(ticket => ticket.App).ToDictionary();
        var lastServed = served.Select((app, place) => (app, place)).ToDictionary();
        return
        [
            .. waiting
                .OrderByDescending(ticket => ticket.Priority).ThenBy(ticket => ticket.Build.ToString(), StringComparer.Ordinal)
                .Select(ticket => (Ticket: ticket, Round: rounds[ticket.App] = rounds.GetValueOrDefault(ticket.App) + 1))
                .OrderByDescending(turn => turn.Ticket.Priority)
                .ThenBy(turn => turn.Round)
                .ThenBy(turn => lastServed.GetValueOrDefault(turn.Ticket.App, -1))
                .ThenBy(turn => turn.Ticket.Build.ToString(), StringComparer.Ordinal)
                .Select(turn => turn.Ticket),
        ];
    }
}
