using BuildFunctions.Engine.Storage;
using BuildFunctions.Engine.Tests.Storage.Simulation;

namespace BuildFunctions.Engine.Tests.Storage;

/// <summary>Owners that stop, stall, starve or wake too late, and the standby that waits.</summary>
public sealed class LeaseTests
{
    private readonly SimWorld _world = new(7);
    private readonly FakeStorage _storage;

    public LeaseTests() => _storage = new(_world);

    [Fact]
    public void A_standby_takes_over_within_25_s_of_a_kill()
    {
        var (owner, standby) = (Owner(), Hub("b"));
        var taken = standby.OpenAsync();
        _world.RunFor(TimeSpan.FromSeconds(61.5));
        var killed = _world.Now;
        owner.Process.Kill();
        Assert.Single(_world.Run(taken));
        Assert.InRange(TimeSpan.FromTicks(_world.Now - killed), TimeSpan.Zero, TimeSpan.FromSeconds(25));
        Assert.Equal(2, standby.Hub.Ownership.Epoch);
    }

    [Fact]
    public void A_standby_takes_over_within_3_s_of_a_clean_stop()
    {
        var (owner, standby) = (Owner(), Hub("b"));
        var taken = standby.OpenAsync();
        _world.RunFor(TimeSpan.FromSeconds(30));
        var waiting = owner.Process.Start(() => Task.WhenAll(Enumerable.Range(0, 50).Select(n => owner.Store.CommitAsync(Steps.Start($"i{n}"), default))));
        var stopped = _world.Now;
        _world.Run(owner.Process.Start(() => owner.Hub.Ownership.ReleaseAsync().AsTask()));
        _world.Run(waiting);
        Assert.Equal(51, _world.Run(taken).Count);
        Assert.InRange(TimeSpan.FromTicks(_world.Now - stopped), TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    /// <summary>Also when the stop falls between its look at the lease and its send: the commit was accepted before, and goes out after.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_owner_stopped_for_a_minute_wakes_fenced_and_commits_nothing(bool inMidCommit)
    {
        var (owner, standby) = (Owner(), Hub("b"));
        var taken = standby.OpenAsync();
        _world.RunFor(TimeSpan.FromSeconds(10));
        var late = inMidCommit ? owner.Process.Start(() => owner.Store.CommitAsync(Steps.Start("late"), default)) : null;
        owner.Process.Pause();
        _world.RunFor(TimeSpan.FromSeconds(60));
        Assert.True(taken.IsCompletedSuccessfully);
        var transactions = _storage.Transactions;
        owner.Process.Resume();
        late ??= owner.Process.Start(() => owner.Store.CommitAsync(Steps.Start("late"), default));
        var woken = _world.Now;
        Assert.Throws<FencedException>(() => _world.Run(late));
        _world.Run(owner.Hub.Ownership.Lost);
        Assert.InRange(TimeSpan.FromTicks(_world.Now - woken), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(transactions, _storage.Transactions);
        Assert.Empty(_storage.Violations);
    }

    [Fact]
    public void Storage_that_stalls_for_15_s_delays_commits_and_costs_no_lease()
    {
        var owner = Owner();
        owner.Transport.Latency = TimeSpan.FromSeconds(9);
        var slow = owner.Process.Start(() => owner.Store.CommitAsync(Steps.Start("slow"), default));
        _world.RunFor(TimeSpan.FromSeconds(15));
        owner.Transport.Latency = TimeSpan.FromMilliseconds(1);
        _world.Run(slow);
        _world.RunFor(TimeSpan.FromMinutes(1));
        Assert.False(owner.Hub.Ownership.Lost.IsCompleted);
    }

    [Fact]
    public void Renewals_whose_answers_are_lost_keep_the_lease()
    {
        var owner = Owner();
        var renewals = 0;
        owner.Transport.Faults = (_, kind) => kind == "renew" && renewals++ % 2 == 0 ? new(FaultKind.FailAfter) : default;
        _world.RunFor(TimeSpan.FromMinutes(5));
        _world.Run(Turn(owner));
        Assert.InRange(renewals, 50, 200);
    }

    [Fact]
    public void A_broken_lease_ends_the_owner_and_one_process_is_owner_again()
    {
        var (owner, standby) = (Owner(), Hub("b"));
        var taken = standby.OpenAsync();
        _world.RunFor(TimeSpan.FromSeconds(5));
        _storage.BreakLease();
        _world.Run(owner.Hub.Ownership.Lost, TimeSpan.FromSeconds(4));
        _world.Run(taken, TimeSpan.FromSeconds(4));
        Assert.Throws<FencedException>(() => _world.Run(Turn(owner)));
        _world.Run(Turn(standby));
    }

    [Fact]
    public void Of_two_processes_that_start_together_one_owns_and_the_other_writes_nothing()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var world = new SimWorld(seed);
            var storage = new FakeStorage(world);
            SimHub[] hubs = [new(world, storage, "a"), new(world, storage, "b")];
            var opening = hubs.Select(hub => hub.OpenAsync()).ToList();
            world.RunFor(TimeSpan.FromSeconds(30));
            Assert.Single(opening, open => open.IsCompletedSuccessfully);
            Assert.Equal(4, storage.Transactions);
            Assert.Empty(storage.Violations);
        }
    }

    [Fact]
    public void A_take_over_that_dies_halfway_is_finished_by_the_next_process()
    {
        var owner = Owner();
        owner.Process.Kill();
        var second = Hub("b");
        var fences = 0;
        second.Transport.Faults = (_, kind) => kind == "transact" && ++fences == 3 ? new(FaultKind.CrashLate) : default;
        _ = second.OpenAsync();
        _world.Run(second.Process.Dead);
        var third = Hub("c");
        Assert.Single(_world.Run(third.OpenAsync()));
        _world.RunFor(TimeSpan.FromMinutes(1));
        _world.Run(Turn(third));
        Assert.Empty(_storage.Violations);
        Assert.All(_storage.Rows.Where(row => row.Key == "!fence"), row => Assert.Equal(third.Hub.Ownership.Owner, row.Text("Owner")));
    }

    /// <summary>Between the lease and the owner's record nothing but the process' own claim tells whose the lease is.</summary>
    [Theory]
    [InlineData("acquire", true)]
    [InlineData("own", false)]
    [InlineData("own", true)]
    public void A_process_that_died_while_it_took_the_hub_is_not_waited_for_on_the_same_machine(string call, bool applied)
    {
        var first = new SimHub(_world, _storage, "first", hasEnded: _ => false);
        first.Transport.Faults = (_, kind) => kind == call ? new(applied ? FaultKind.CrashAfter : FaultKind.CrashBefore) : default;
        _ = first.OpenAsync();
        _world.Run(first.Process.Dead);
        var started = _world.Now;
        var next = new SimHub(_world, _storage, "next", hasEnded: name => name == "first");

        _world.Run(next.OpenAsync());

        Assert.InRange(TimeSpan.FromTicks(_world.Now - started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        _world.RunFor(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(_storage.Rows, row => row.Key.StartsWith("!claim", StringComparison.Ordinal));
        Assert.Empty(_storage.Violations);
    }

    [Fact]
    public void The_lease_of_a_process_that_is_taking_the_hub_is_respected()
    {
        var first = new SimHub(_world, _storage, "first", hasEnded: _ => false);
        first.Transport.Faults = (_, kind) => kind == "own" ? new(FaultKind.Slow) : default;
        var taking = first.OpenAsync();
        var next = new SimHub(_world, _storage, "next", hasEnded: _ => false).OpenAsync();
        _world.Run(taking);
        _world.RunFor(TimeSpan.FromMinutes(1));
        Assert.False(next.IsCompleted);
        Assert.False(first.Hub.Ownership.Lost.IsCompleted);
    }

    [Fact]
    public void A_lease_that_ran_out_and_was_not_taken_is_renewed()
    {
        var owner = Owner();
        owner.Process.Pause();
        _world.RunFor(TimeSpan.FromMinutes(2));
        owner.Process.Resume();
        _world.Run(Turn(owner));
        Assert.False(owner.Hub.Ownership.Lost.IsCompleted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_wall_clock_has_no_say_in_the_lease(int hours)
    {
        var (owner, standby) = (Owner(), Hub("b"));
        standby.Process.WallClockError = TimeSpan.FromHours(-hours);
        var taken = standby.OpenAsync();
        _world.RunFor(TimeSpan.FromSeconds(10));
        owner.Process.WallClockError = TimeSpan.FromHours(hours);
        _world.RunFor(TimeSpan.FromMinutes(2));
        Assert.False(taken.IsCompleted);
        _world.Run(Turn(owner));
    }

    [Fact]
    public void A_standby_reads_says_who_owns_and_writes_nothing()
    {
        var owner = Owner();
        var standby = Hub("b");
        _ = standby.OpenAsync();
        _world.RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal("first", _world.Run(standby.Process.Start(() => standby.Store.ReadAsync("first", true, default)))!.Head.Id);
        Assert.Equal(owner.Hub.Ownership.Owner, _world.Run(standby.Process.Start(() => standby.Hub.Ownership.ReadOwnerAsync(default)))!.Owner);
        Assert.Throws<FencedException>(() => _world.Run(Turn(standby)));
        Assert.Throws<FencedException>(() => _world.Run(standby.Process.Start(() => standby.Store.PutPayloadAsync("x", "y", default))));
    }

    [Fact]
    public void An_owner_cut_off_from_storage_fences_itself_when_its_lease_ends()
    {
        var owner = Owner();
        owner.Transport.Faults = (_, _) => new(FaultKind.Lost);
        var stuck = Turn(owner);
        _world.Run(owner.Hub.Ownership.Lost, TimeSpan.FromSeconds(40));
        Assert.Throws<FencedException>(() => _world.Run(stuck, TimeSpan.FromSeconds(20)));
        Assert.IsType<FencedException>(owner.Hub.Ownership.Loss);
    }

    private static Task Turn(SimHub hub) => hub.Process.Start(() => hub.Store.CommitAsync(Steps.Turn(Steps.Start("first").Head), default));

    private SimHub Hub(string name) => new(_world, _storage, name);

    /// <summary>An owner that has started one instance.</summary>
    private SimHub Owner()
    {
        var hub = Hub("a");
        _world.Run(hub.OpenAsync());
        _world.Run(hub.Process.Start(() => hub.Store.CommitAsync(Steps.Start("first"), default)));
        return hub;
    }
}
