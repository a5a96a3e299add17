using BuildFunctions.Broker.Queue;

namespace BuildFunctions.Broker.Tests.Queue;

public sealed class QueueViewTests
{
    private readonly Tickets _tickets = new();

    [Fact]
    public void Next_FreeSlots_GoToTheFirstInLine()
    {
        var (first, second, third) = (Ticket(), Ticket(), Ticket());

        Assert.Equal([first, second], View([], [third, first, second]).Next(new QueueOptions { MaxConcurrent = 2 }));
    }

    [Fact]
    public void Next_FullProvider_DoesNotHoldUpTheOthers()
    {
        var (held, next, other) = (Ticket(provider: "one"), Ticket(provider: "one"), Ticket(provider: "two"));
        var options = new QueueOptions { MaxConcurrent = 3, MaxConcurrentPerProvider = { ["one"] = 1 } };

        Assert.Equal([other], View([held], [next, other]).Next(options));
    }

    [Fact]
    public void Next_FullServer_DoesNotHoldUpTheOthers()
    {
        var (held, next, other) = (Ticket(server: "srv_1"), Ticket(server: "srv_1"), Ticket(server: "srv_2"));
        var options = new QueueOptions { MaxConcurrent = 3, MaxConcurrentPerServer = { ["srv_1"] = 1 } };

        Assert.Equal([other], View([held], [next, other]).Next(options));
        Assert.Equal("the one slot of the server srv_1 is taken", View([held], [next]).PlaceOf(next.Build, options)!.Why);
    }

    [Fact]
    public void Next_AppAtItsLimit_LetsOthersGo()
    {
        var (held, next, other) = (Ticket("a"), Ticket("a"), Ticket("b"));

        Assert.Equal([other], View([held], [next, other]).Next(new QueueOptions { MaxConcurrent = 3, MaxConcurrentPerApp = 1 }));
    }

    [Fact]
    public void Next_NothingFree_IsEmptyAndSaysWhy()
    {
        var (running, first, last) = (Ticket("a"), Ticket("b"), Ticket("b"));
        var view = View([running], [first, last]);
        var options = new QueueOptions { MaxConcurrent = 1 };

        Assert.Empty(view.Next(options));
        Assert.Equal((1, "the one slot of this broker is taken"), Place(view, first, options));
        Assert.Equal((2, "the one slot of this broker is taken; 1 build of this app goes first"), Place(view, last, options));
    }

    [Fact]
    public void PlaceOf_BehindOthers_CountsThem()
    {
        var mine = Ticket("b", priority: -1);
        var view = View([], [Ticket("a"), Ticket("c"), mine]);

        Assert.Equal((3, "2 builds of other apps go first"), Place(view, mine, new QueueOptions { MaxConcurrent = 2 }));
    }

    [Fact]
    public void PlaceOf_BuildThatDoesNotWait_IsNone() => Assert.Null(View([Ticket()], []).PlaceOf(Ticket().Build, new QueueOptions()));

    [Fact]
    public void One_slot_goes_round_the_apps_that_wait()
    {
        var view = View([], [.. Enumerable.Range(0, 6).Select(_ => Ticket("many")), Ticket("two"), Ticket("two"), Ticket("one")]);
        List<string> served = [];
        var options = new QueueOptions { MaxConcurrent = 1 };
        while (view.Next(options) is [var next, ..])
        {
            served.Add(next.App.ToString());
            view = view.With(new(next, TicketState.Running)).With(new(next, TicketState.Gone));
        }

        Assert.Equal(["many", "two", "one"], served[..3]);
        Assert.Equal(["many", "two", "many", "many", "many", "many"], served[3..]);
    }

    private static QueueView View(IReadOnlyList<Ticket> running, IReadOnlyList<Ticket> waiting) => new(running, waiting, []);

    private static (int Position, string? Why) Place(QueueView view, Ticket ticket, QueueOptions options) =>
        view.PlaceOf(ticket.Build, options) is { } place ? (place.Position, place.Why) : default;

    private Ticket Ticket(string app = "a", string provider = "local", string? server = null, int priority = 0) =>
        _tickets.Next(app, priority) with { Provider = provider, Server = server };
}
