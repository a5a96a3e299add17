using System.Collections.Concurrent;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Queue;

public sealed class SlotStoreTests
{
    private readonly Tickets _tickets = new();

    [Fact]
    public async Task A_hundred_takes_at_once_give_three_slots()
    {
        var slots = Store(await Containers.StorageAsync());
        var tickets = Enumerable.Range(0, 100).Select(_ => Ticket()).ToList();

        var answers = await Task.WhenAll(tickets.Select(ticket => slots.TakeAsync(ticket, default)));

        Assert.Equal(3, answers.Count(answer => answer.Granted));
        Assert.Equal(97, await slots.CountWaitingAsync(default));
    }

    /// <param name="hosts">Brokers on the same storage; each build goes from one to the next.</param>
    [Theory]
    [InlineData(1, 60)]
    [InlineData(3, 30)]
    public async Task Builds_that_take_and_release_at_once_never_hold_more_than_the_limit(int hosts, int builds)
    {
        var storage = await Containers.StorageAsync();
        var slots = Enumerable.Range(0, hosts).Select(_ => Store(storage)).ToList();
        var (holding, most) = (0, 0);
        var signals = new ConcurrentDictionary<BuildId, SemaphoreSlim>();
        var tickets = Enumerable.Range(0, builds).Select(_ => Ticket()).ToList();
        tickets.ForEach(ticket => signals[ticket.Build] = new SemaphoreSlim(0));

        await Task.WhenAll(tickets.Select(async (ticket, number) =>
        {
            var here = number;
            while (!(await slots[here++ % hosts].TakeAsync(ticket, default)).Granted)
            {
                // Nobody looks without being told: a word that is lost would hang the test.
                await signals[ticket.Build].WaitAsync(TimeSpan.FromMinutes(1));
            }

            InterlockedMax(ref most, Interlocked.Increment(ref holding));
            await Task.Yield();
            Interlocked.Decrement(ref holding);

            // Twice at once, as a step that is repeated while its first try still runs.
            var released = await Task.WhenAll(slots[here % hosts].ReleaseAsync(ticket.Build, default), slots[(here + 1) % hosts].ReleaseAsync(ticket.Build, default));
            foreach (var next in released.SelectMany(next => next).Distinct())
            {
                signals[next].Release();
            }
        }));

        Assert.InRange(most, 1, 3);
        Assert.Empty(await slots[0].HoldersAsync(default));
    }

    [Fact]
    public async Task Another_host_sees_what_one_has_written()
    {
        var storage = await Containers.StorageAsync();
        var (one, other) = (Store(storage, limit: 1), Store(storage, limit: 1));
        var (holder, waiting) = (Ticket(), Ticket());
        Assert.True((await one.TakeAsync(holder, default)).Granted);
        Assert.False((await other.TakeAsync(waiting, default)).Granted);

        Assert.Equal([waiting.Build], await one.ReleaseAsync(holder.Build, default));
        Assert.True((await other.TakeAsync(waiting, default)).Granted);
    }

    [Fact]
    public async Task A_restart_keeps_whose_turn_it_is()
    {
        var storage = await Containers.StorageAsync();
        var tickets = Enumerable.Range(0, 4).Select(_ => Ticket()).Append(Ticket(app: "other")).ToList();
        foreach (var ticket in tickets)
        {
            await Store(storage, limit: 1).TakeAsync(ticket, default);
        }

        Assert.Equal([tickets[^1].Build], await Store(storage, limit: 1).ReleaseAsync(tickets[0].Build, default));
        Assert.Equal([tickets[^1].Build], await Store(storage, limit: 1).NextAsync(default));
    }

    [Fact]
    public async Task Asking_again_changes_nothing()
    {
        var slots = Store(await Containers.StorageAsync());
        var ticket = Ticket();

        Assert.True((await slots.TakeAsync(ticket, default)).Granted);
        Assert.True((await slots.TakeAsync(ticket, default)).Granted);

        Assert.Equal([ticket.Build], await slots.HoldersAsync(default));
    }

    [Fact]
    public async Task Who_is_first_by_priority_then_by_age_is_told_when_a_slot_comes_free()
    {
        var slots = Store(await Containers.StorageAsync(), limit: 1);
        var (holder, old, urgent) = (Ticket(), Ticket(), Ticket(priority: 10));
        foreach (var ticket in new[] { holder, old, urgent })
        {
            await slots.TakeAsync(ticket, default);
        }

        Assert.Equal(2, (await slots.TakeAsync(old, default)).Place!.Position);
        Assert.Equal([urgent.Build], await slots.ReleaseAsync(holder.Build, default));
        Assert.False((await slots.TakeAsync(old, default)).Granted);
        Assert.True((await slots.TakeAsync(urgent, default)).Granted);
    }

    [Fact]
    public async Task A_build_that_leaves_the_line_is_forgotten()
    {
        var slots = Store(await Containers.StorageAsync(), limit: 1);
        var (holder, waiting) = (Ticket(), Ticket());
        await slots.TakeAsync(holder, default);
        await slots.TakeAsync(waiting, default);

        await slots.ReleaseAsync(waiting.Build, default);

        Assert.Equal([holder.Build], await slots.HoldersAsync(default));
    }

    private static SlotStore Store(BrokerStorage storage, int limit = 3) => new(storage, Options.Create(new QueueOptions { MaxConcurrent = limit }), TimeProvider.System);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private Ticket Ticket(int priority = 0, string app = "shop") => _tickets.Next(app, priority);
}
