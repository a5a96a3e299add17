using BuildFunctions.Broker.Queue;
using FsCheck;
using FsCheck.Fluent;

namespace BuildFunctions.Broker.Tests.Queue;

/// <summary>A build comes, or one of those that run ends.</summary>
internal sealed record Step(bool Comes, int App, int Priority, bool Slow)
{
    public static Gen<Step[]> All(int apps, bool slow = true, int priorities = 3) =>
        (from comes in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
         from app in Gen.Choose(0, apps - 1)
         from priority in Gen.Choose(0, priorities - 1)
         from isSlow in Gen.Choose(0, 3)
         select new Step(comes, app, priority, slow && isSlow == 0)).ArrayOf();

    public Func<QueueView, QueueView> On(Tickets tickets) => view =>
        Comes ? view.With(new(tickets.Next($"app{App}", Priority) with { Provider = Slow ? "slow" : "local" }, TicketState.Waiting))
        : view.Running.Count > 0 ? view.With(new(view.Running[App % view.Running.Count], TicketState.Gone))
        : view;
}
