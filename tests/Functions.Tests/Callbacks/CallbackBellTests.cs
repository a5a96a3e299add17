using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Callbacks;

namespace BuildFunctions.Functions.Tests.Callbacks;

public sealed class CallbackBellTests
{
    private static readonly BuildId _build = BuildId.Create(DateTimeOffset.UnixEpoch, new byte[10]);

    private readonly CallbackBell _bell = new(TimeProvider.System);

    private int _rings;

    [Fact]
    public async Task Who_comes_while_nobody_has_rung_yet_shares_the_ring()
    {
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => RingAsync()));

        Assert.InRange(_rings, 1, 10);
    }

    [Fact]
    public async Task Who_comes_while_it_rings_has_a_ring_after_that()
    {
        TaskCompletionSource ringing = new(), gate = new();
        var first = _bell.RingAsync(_build, async () =>
        {
            ringing.SetResult();
            await gate.Task;
        });
        await ringing.Task;

        await RingAsync();

        Assert.Equal((1, false), (_rings, first.IsCompleted));
        gate.SetResult();
        await first;
    }

    [Fact]
    public async Task A_ring_that_fails_fails_for_all_who_share_it_and_the_next_one_is_tried()
    {
        var shared = Enumerable.Range(0, 3).Select(_ => _bell.RingAsync(_build, () => throw new TimeoutException())).ToList();

        foreach (var ring in shared)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => ring);
        }

        await RingAsync();
        Assert.Equal(1, _rings);
    }

    private Task RingAsync() => _bell.RingAsync(_build, () =>
    {
        Interlocked.Increment(ref _rings);
        return Task.CompletedTask;
    });
}
