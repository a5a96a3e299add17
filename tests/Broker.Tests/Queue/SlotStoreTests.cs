using System.Collections.Concurrent;
using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Queue;

public sealed class SlotStoreTests
{
    private readonly IdSource _ids = new(TimeProvider.System);

    [Fact]
    public async Task A_hundred_takes_at_once_give_three_slots()
    {
        var slots = Store(await Containers.StorageAsync());
        var tickets = Enumerable.Range(0, 100).Select(_ => Ticket()).ToList();

        var answers = await Task.WhenAll(tickets.Select(ticket => slots.TakeAsync(ticket, default)));

        Assert.Equal(3, answers.Count(answer => answer.Granted));
        Assert.Equal(97, await slots.CountWaitingAsync(default));
    }

    [Fact]
    public async Task Builds_that_take_and_release_at_once_never_hold_more_than_the_limit()
    {
        var slots = Store(await Containers.StorageAsync());
        var (holding, most) = (0, 0);
        var signals = new ConcurrentDictionary<BuildId, SemaphoreSlim>();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Ticket()).Select(async ticket =>
        {
            var freed = signals[ticket.Build] = new SemaphoreSlim(0);
            while (!(await slots.TakeAsync(ticket, default)).Granted)
            {
                await freed.WaitAsync(TimeSpan.FromMilliseconds(100));
            }

            InterlockedMax(ref most, Interlocked.Increment(ref holding));
            await Task.Yield();
            Interlocked.Decrement(ref holding);

            // Twice at once, as a step that is repeated while its first try still runs.
            foreach (var next in (await Task.WhenAll(slots.ReleaseAsync(ticket.Build, default), slots.ReleaseAsync(ticket.Build, default))).SelectMany(next => next))
            {
                if (signals.TryGetValue(next, out var signal))
                {
                    signal.Release();
                }
            }
        }));

        Assert.InRange(most, 1, 3);
        Assert.Empty(await slots.HoldersAsync(default));
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

        Assert.Equal(2, (await slots.TakeAsync(old, default)).Position);
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

    private static SlotStore Store(BrokerStorage storage, int limit = 3) => new(storage, Options.Create(new QueueOptions { MaxConcurrent = limit }));

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private Ticket Ticket(int priority = 0) => new(_ids.Next<BuildId>(), "local", priority);
}
