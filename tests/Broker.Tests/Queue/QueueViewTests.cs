using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Queue;

public sealed class QueueViewTests
{
    private readonly IdSource _ids = new(TimeProvider.System);

    [Fact]
    public void Next_FreeSlots_GoToTheFirstInLine()
    {
        var (first, second, third) = (Ticket(), Ticket(), Ticket());

        Assert.Equal([first, second], new QueueView([], [first, second, third]).Next(new QueueOptions { MaxConcurrent = 2 }));
    }

    [Fact]
    public void Next_FullProvider_DoesNotHoldUpTheOthers()
    {
        var (held, next, other) = (Ticket("one"), Ticket("one"), Ticket("two"));
        var options = new QueueOptions { MaxConcurrent = 3, MaxConcurrentPerProvider = { ["one"] = 1 } };

        Assert.Equal([other], new QueueView(Leases(held), [next, other]).Next(options));
    }

    [Fact]
    public void Next_NothingFree_IsEmpty()
    {
        var view = new QueueView(Leases(Ticket()), [Ticket()]);

        Assert.Empty(view.Next(new QueueOptions { MaxConcurrent = 1 }));
        Assert.Contains("1 slots of this broker", view.WhyWaiting(view.Waiting[0], new QueueOptions { MaxConcurrent = 1 }));
    }

    [Fact]
    public void FirstFree_Gap_IsTaken()
    {
        var build = _ids.Next<BuildId>();

        Assert.Equal(1, new QueueView([new("p", 0, build), new("p", 2, build)], []).FirstFree("p"));
        Assert.Equal(0, new QueueView([new("p", 0, build)], []).FirstFree("q"));
    }

    private static IReadOnlyList<Lease> Leases(Ticket ticket) => [new(QueueView.Global, 0, ticket.Build), new(ticket.Provider, 0, ticket.Build)];

    private Ticket Ticket(string provider = "one") => new(_ids.Next<BuildId>(), provider, 0);
}
