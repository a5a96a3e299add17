using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Ids;
using FsCheck;
using FsCheck.Fluent;

namespace BuildFunctions.Broker.Tests.Queue;

/// <summary>What holds whatever comes and goes in whatever order.</summary>
public sealed class FairShareTests
{
    private static readonly QueueOptions _options = new() { MaxConcurrent = 3, MaxConcurrentPerApp = 2, MaxConcurrentPerProvider = { ["slow"] = 1 } };

    [Fact]
    public void Limits_hold_and_no_slot_stays_free_that_somebody_could_take() => Check(Step.All(apps: 5), moves =>
    {
        var view = QueueView.Empty;
        foreach (var move in moves)
        {
            view = Start(move(view), _options, []);
            Assert.True(view.Running.Count <= 3);
            Assert.All(view.Running.CountBy(ticket => ticket.App), app => Assert.True(app.Value <= 2));
            Assert.True(view.Running.Count(ticket => ticket.Provider == "slow") <= 1);
            Assert.All(view.Waiting, ticket => Assert.Contains(ticket.Pools, pool => view.Running.Count(other => other.Pools.Contains(pool)) >= _options.LimitOf(pool)));
        }
    });

    [Fact]
    public void An_app_and_priority_is_served_in_the_order_in_which_it_came() => Check(Step.All(apps: 3, slow: false), moves =>
    {
        List<Ticket> started = [];
        var view = moves.Aggregate(QueueView.Empty, (view, move) => Start(move(view), _options, started));
        while (view.Running is [var first, ..])
        {
            view = Start(view.With(new(first, TicketState.Gone)), _options, started);
        }

        foreach (var line in started.GroupBy(ticket => (ticket.App, ticket.Priority)))
        {
            var later = started.Index().Where(one => one.Item.App == line.Key.App && one.Item.Priority == line.Key.Priority).Select(one => one.Item.Build.ToString()).ToList();
            Assert.Equal(later.Order(StringComparer.Ordinal), later);
        }
    });

    [Fact]
    public void Who_waits_is_served_before_any_other_app_is_served_twice() => Check(Step.All(apps: 6, slow: false, priorities: 1), moves =>
    {
        var options = new QueueOptions { MaxConcurrent = 1 };
        var view = moves.Aggregate(QueueView.Empty, (view, move) => move(view));
        while (view.Next(options) is [var next, ..])
        {
            var waitingApps = view.Waiting.Select(ticket => ticket.App).ToHashSet();
            HashSet<AppName> served = [];
            for (var turn = 0; turn < waitingApps.Count; turn++)
            {
                next = view.Next(options)[0];
                Assert.True(served.Add(next.App), $"{next.App} went twice while others waited");
                view = view.With(new(next, TicketState.Running)).With(new(next, TicketState.Gone));
            }
        }
    });

    [Fact]
    public void Places_are_the_order_in_which_one_slot_serves_those_of_one_app() => Check(Step.All(apps: 1, slow: false), moves =>
    {
        var options = new QueueOptions { MaxConcurrent = 1 };
        var view = moves.Aggregate(QueueView.Empty, (view, move) => move(view));
        for (var before = view; view.Next(options) is [var next, ..]; before = view)
        {
            Assert.Equal(1, before.PlaceOf(next.Build, options)!.Position);
            view = view.With(new(next, TicketState.Running)).With(new(next, TicketState.Gone));
            Assert.All(view.Waiting, ticket => Assert.Equal(before.PlaceOf(ticket.Build, options)!.Position - 1, view.PlaceOf(ticket.Build, options)!.Position));
        }
    });

    private static QueueView Start(QueueView view, QueueOptions options, List<Ticket> started)
    {
        foreach (var next in view.Next(options))
        {
            view = view.With(new(next, TicketState.Running));
            started.Add(next);
        }

        return view;
    }

    private static void Check(Gen<Step[]> steps, Action<IEnumerable<Func<QueueView, QueueView>>> holds) =>
        Prop.ForAll(steps.ToArbitrary(), all =>
        {
            var tickets = new Tickets();
            holds(all.Select(step => step.On(tickets)));
        }).QuickCheckThrowOnFailure();
}
