using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using BuildFunctions.Engine.Storage.Rows;
using BuildFunctions.Engine.Storage.Transport;
using BuildFunctions.Engine.Tests.Storage.Simulation;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests.Storage;

/// <summary>Storage that fails, lies, forgets, or was changed by somebody else.</summary>
public sealed class StorageTroubleTests
{
    private readonly SimWorld _world = new(11);
    private readonly FakeStorage _storage;
    private readonly SimHub _hub;

    public StorageTroubleTests()
    {
        _storage = new(_world);
        _hub = new(_world, _storage, "a");
        _world.Run(_hub.OpenAsync());
    }

    [Fact]
    public void A_lost_answer_twice_and_a_failing_look_after_it_are_survived()
    {
        var (transacts, gets) = (0, 0);
        _hub.Transport.Faults = (_, kind) => kind switch
        {
            "transact" when transacts++ < 2 => new(FaultKind.FailAfter),
            "get" when gets++ < 3 => new(FaultKind.Lost),
            _ => default,
        };
        Commit(Steps.Start("a"));
        Commit(Steps.Turn(Steps.Start("a").Head));
        Assert.Equal(2, Read("a")!.Events.Count);
        Assert.InRange(_hub.Log.Count("it was applied: True"), 1, 2);
    }

    [Fact]
    public void A_first_copy_that_arrives_after_the_second_was_applied_does_nothing()
    {
        var sent = 0;
        _hub.Transport.Faults = (_, kind) => kind == "transact" && sent++ == 0 ? new(FaultKind.Late) : default;
        Commit(Steps.Start("a"));
        var batches = _storage.Transactions;
        _world.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(batches, _storage.Transactions);
        Assert.Equal(1, _hub.Log.Count("it was applied: False"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public void A_refused_group_loses_only_the_step_that_is_to_blame(int status)
    {
        var large = Steps.Start("large");
        _hub.Transport.Refuses = operations => operations.Any(operation => operation.Key.EndsWith("|large", StringComparison.Ordinal)) ? status : 0;
        var starts = Enumerable.Range(0, 200).Select(n => Steps.Start($"i{n}")).ToList();
        var work = _hub.Process.Start(async () =>
        {
            var commits = starts.ConvertAll(start => _hub.Store.CommitAsync(start, default));
            await Assert.ThrowsAsync<CommitRejectedException>(() => _hub.Store.CommitAsync(large, default));
            await Task.WhenAll(commits);
        });
        _world.Run(work);
        Assert.All(starts, start => Assert.NotNull(Read(start.Head.Id)));
        Assert.Null(Read("large"));
    }

    [Fact]
    public void A_row_deleted_by_an_operator_stops_the_engine_loudly()
    {
        Commit(Steps.Start("gone"));
        var key = InstanceKey.Of("gone");
        _storage.Edit(key.Shard, key.Live, _ => null);
        Assert.Throws<FencedException>(() => Commit(Steps.Turn(Steps.Start("gone").Head)));
        Assert.True(_hub.Hub.Ownership.Lost.IsCompleted);
        Assert.Contains("not as this owner wrote it", _hub.Hub.Ownership.Loss!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public void Bursts_of_errors_delay_and_lose_nothing(double rate)
    {
        var dice = new Random(3);
        _hub.Transport.Faults = (_, kind) => kind != "renew" && dice.NextDouble() < rate
            ? new(dice.Next(2) == 0 ? FaultKind.FailBefore : FaultKind.FailAfter, new[] { 0, 429, 500, 503 }[dice.Next(4)])
            : default;
        var calls = _hub.Transport.Calls;
        Parallel(100, 3);
        _hub.Transport.Faults = (_, _) => default;
        Assert.All(Enumerable.Range(0, 100), n => Assert.Equal(4, Read($"i{n}")!.Events.Count));
        Assert.InRange(_hub.Transport.Calls - calls, 1, 500);
    }

    [Fact]
    public void Half_a_minute_without_writes_is_waited_out()
    {
        var until = _world.Now + TimeSpan.FromSeconds(30).Ticks;
        _hub.Transport.Faults = (_, kind) => kind != "renew" && _world.Now < until ? new(FaultKind.FailBefore, 503) : default;
        var calls = _hub.Transport.Calls;
        Parallel(50, 1);
        Assert.InRange(_hub.Transport.Calls - calls, 8, 400);
        Assert.False(_hub.Hub.Ownership.Lost.IsCompleted);
    }

    [Fact]
    public void Two_seconds_a_call_make_it_slow_and_nothing_else()
    {
        _hub.Transport.Latency = TimeSpan.FromSeconds(2);
        var calls = _hub.Transport.Calls;
        Parallel(100, 2);
        Assert.InRange(_hub.Transport.Calls - calls, 1, 60);
        Assert.Equal(0, _hub.Log.Count("not known"));
    }

    [Fact]
    public void Conflicts_that_are_not_true_are_seen_through()
    {
        var lies = 0;
        _hub.Transport.Faults = (_, kind) => kind == "transact" && lies++ < 2 ? new(FaultKind.FailBefore, 412) : default;
        Commit(Steps.Start("a"));
        Assert.False(_hub.Hub.Ownership.Lost.IsCompleted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Storage_that_came_back_older_stops_the_owner_and_the_next_one_works_with_what_is_there(int transactions)
    {
        var ids = Enumerable.Range(0, 100).Select(n => $"i{n}").Where(id => InstanceKey.Of(id).ShardIndex == 0).Take(4).ToList();
        ids.ForEach(id => Commit(Steps.Start(id)));
        _storage.GoBack(transactions);
        Assert.Throws<FencedException>(() => Commit(Steps.Turn(Steps.Start(ids[0]).Head)));
        Assert.Contains("back in time", _hub.Hub.Ownership.Loss!.Message, StringComparison.Ordinal);
        _hub.Process.Kill();
        var next = new SimHub(_world, _storage, "b");
        Assert.Equal(ids[..^transactions].Order(), _world.Run(next.OpenAsync()).Select(instance => instance.Head.Id).Order());
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(120, true)]
    public void A_key_that_was_rotated_is_waited_for_as_long_as_the_lease_lasts(int seconds, bool lost)
    {
        var until = _world.Now + TimeSpan.FromSeconds(seconds).Ticks;
        _hub.Transport.Faults = (_, _) => _world.Now < until ? new(FaultKind.FailBefore, 403) : default;
        var commit = _hub.Process.Start(() => _hub.Store.CommitAsync(Steps.Start("a"), default));
        if (lost)
        {
            Assert.Throws<FencedException>(() => _world.Run(commit));
        }
        else
        {
            _world.Run(commit);
        }

        Assert.Equal(lost, _hub.Hub.Ownership.Lost.IsCompleted);
    }

    [Fact]
    public void A_full_disk_acknowledges_nothing()
    {
        _hub.Transport.Faults = (_, kind) => kind is "transact" or "put" ? new(FaultKind.FailBefore, 507) : default;
        var commit = _hub.Process.Start(() => _hub.Store.CommitAsync(Steps.Start("a"), default));
        Assert.Throws<TransportException>(() => _world.Run(_hub.Process.Start(() => _hub.Store.PutPayloadAsync("a", "b", default))));
        _world.RunFor(TimeSpan.FromMinutes(1));
        Assert.False(commit.IsCompleted);
        _hub.Transport.Faults = (_, _) => default;
        _world.Run(commit);
    }

    [Fact]
    public void Thousands_of_live_instances_are_all_found()
    {
        Parallel(4_500, 0);
        _hub.Process.Kill();
        var next = new SimHub(_world, _storage, "b");
        Assert.Equal(4_500, _world.Run(next.OpenAsync()).DistinctBy(instance => instance.Head.Id).Count());
    }

    [Fact]
    public void Damaged_histories_fail_alone_and_keep_their_rows()
    {
        var long_ = Steps.Start("page", 140_000);
        foreach (var step in (StepCommit[])[long_, Steps.Turn(long_.Head), Steps.Start("gap"), Steps.Start("cut"), Steps.Start("generation"), Steps.Start("good"),
            Steps.Start("state"), Steps.Start("ended"), Steps.Start("number")])
        {
            Commit(step);
        }

        Commit(Steps.Turn(Steps.Start("gap").Head));
        Damage("gap", columns => columns.Remove("E000001_00"));
        Damage("cut", columns => columns["E000001_00"] = "[]");
        Damage("generation", columns => columns.Remove("Id"));
        Damage("state", columns => columns["Status"] = "Unheard");
        Damage("ended", columns => columns["Status"] = "Completed");
        Damage("number", columns => columns["E000001_00"] = 1);
        _storage.Edit(InstanceKey.Of("page").Shard, InstanceKey.Of("page").Page(1, 0), _ => null);
        _hub.Process.Kill();
        var next = new SimHub(_world, _storage, "b");
        var loaded = _world.Run(next.OpenAsync());
        Assert.Equal(8, loaded.Count);
        Assert.Equal("good", Assert.Single(loaded, instance => !instance.Head.IsTerminal).Head.Id);
        foreach (var id in (string[])["gap", "cut", "generation", "page", "state", "ended", "number"])
        {
            var stored = _world.Run(next.Process.Start(() => next.Store.ReadAsync(id, true, default)))!;
            Assert.Equal((id, OrchestrationRuntimeStatus.Failed), (stored.Head.Id, stored.Head.Status));
            Assert.Contains("HistoryCorrupt", stored.Head.Failure!, StringComparison.Ordinal);
        }

        Assert.Contains(_storage.Rows, row => row.Key == "T|gap" && row.Columns.ContainsKey("E000002_00"));
    }

    [Theory]
    [InlineData("MinimumReader", 2, false)]
    [InlineData("Shards", 8, false)]
    [InlineData("Schema", 2, true)]
    public void A_hub_of_a_newer_version_is_refused_unless_it_allows_us(string column, int value, bool allowed)
    {
        _hub.Process.Kill();
        _storage.Owner = $"{_storage.Owner[..^1]},\"{column}\":{value}}}";
        var before = _storage.Transactions;
        var next = new SimHub(_world, _storage, "b");
        if (allowed)
        {
            _world.Run(next.AcquireAsync());
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => _world.Run(next.AcquireAsync()));
            Assert.Equal(before, _storage.Transactions);
        }
    }

    [Fact]
    public void A_hub_that_the_Functions_host_still_uses_is_refused()
    {
        _hub.Process.Kill();
        _storage.HasForeignInstances = true;
        Assert.Throws<InvalidOperationException>(() => _world.Run(new SimHub(_world, _storage, "b").AcquireAsync()));
    }

    [Fact]
    public void A_hub_that_was_deleted_is_not_made_again()
    {
        _storage.IsDeleted = true;
        Assert.Throws<FencedException>(() => Commit(Steps.Start("a")));
        Assert.True(_hub.Hub.Ownership.Lost.IsCompleted);
    }

    [Fact]
    public void A_purge_cut_off_anywhere_is_finished_by_the_sweeper()
    {
        for (var call = 1; call <= 12; call++)
        {
            var world = new SimWorld(call);
            var storage = new FakeStorage(world);
            var (first, second) = (new SimHub(world, storage, "a"), new SimHub(world, storage, "b"));
            world.Run(first.OpenAsync());
            world.Run(first.Process.Start(async () =>
            {
                var start = Steps.Start("p", 140_000);
                await first.Store.CommitAsync(start, default);
                await first.Store.PutPayloadAsync("p", "one", default);
                await first.Store.PutPayloadAsync("p", "two", default);
                await first.Store.CommitAsync(Steps.Complete(start.Head), default);
            }));
            var from = first.Transport.Calls;
            first.Transport.Faults = (number, _) => number == from + call ? new(FaultKind.CrashAfter) : default;
            var purge = first.Process.Start(() => first.Store.PurgeAsync("p", default));
            world.Run(Task.WhenAny(purge, first.Process.Dead));
            var untouched = storage.Rows.Any(row => row.Key == "T|p" && !row.Columns.ContainsKey("Purge"));
            first.Process.Kill();
            world.Run(second.OpenAsync());
            world.Run(second.Process.Start(() => second.Hub.Sweeper.SweepAsync(default)));
            Assert.Equal(untouched, storage.Rows.Any(row => row.Key.Contains("|p", StringComparison.Ordinal)));
            Assert.Equal(untouched ? 2 : 0, storage.Blobs.Count);
        }
    }

    [Fact]
    public void The_sweeper_keeps_what_is_referred_to_young_or_wanted_by_a_live_parent()
    {
        Commit(Steps.Start("parent"));
        var used = _world.Run(_hub.Process.Start(() => _hub.Store.PutPayloadAsync("parent", "used", default)));
        Commit(Steps.WithEvents(Steps.Turn(Steps.Start("parent").Head), $"[\"{used}\"]"));
        var stray = _world.Run(_hub.Process.Start(() => _hub.Store.PutPayloadAsync("parent", "stray", default)));
        var orphan = _world.Run(_hub.Process.Start(() => _hub.Store.PutPayloadAsync("nobody", "orphan", default)));
        foreach (var (id, parent) in new[] { ("child", "parent"), ("alone", null) })
        {
            var start = Steps.Start(id, status: OrchestrationRuntimeStatus.Completed);
            Commit(start with { Head = start.Head with { ParentId = parent, UpdatedAt = _hub.Process.GetUtcNow() } });
        }

        Sweep();
        Assert.Equal(3, _storage.Blobs.Count);
        _world.RunFor(TimeSpan.FromHours(25));
        var young = _world.Run(_hub.Process.Start(() => _hub.Store.PutPayloadAsync("parent", "young", default)));
        Sweep();
        Assert.Equal(new[] { used, young }.Select(NameOf).Order(), _storage.Blobs.Keys.Order());
        Assert.DoesNotContain(_storage.Blobs.Keys, name => name == NameOf(stray) || name == NameOf(orphan));
        _world.RunFor(TimeSpan.FromDays(7));
        Sweep();
        Assert.NotNull(Read("child"));
        Assert.Null(Read("alone"));
    }

    [Fact]
    public void A_group_takes_what_waits_and_stays_within_the_limits_of_a_transaction()
    {
        var before = _storage.Transactions;
        Parallel(1_000, 0);
        Assert.InRange(_storage.Transactions - before, 12, 40);
    }

    private static string NameOf(string reference) => reference.Split(':')[3];

    private void Sweep() => _world.Run(_hub.Process.Start(() => _hub.Hub.Sweeper.SweepAsync(default)));

    private void Commit(StepCommit step) => _world.Run(_hub.Process.Start(() => _hub.Store.CommitAsync(step, default)));

    private StoredInstance? Read(string id) => _world.Run(_hub.Process.Start(() => _hub.Store.ReadAsync(id, true, default)));

    private void Parallel(int instances, int turns) => _world.Run(_hub.Process.Start(() => Task.WhenAll(Enumerable.Range(0, instances).Select(async n =>
    {
        var step = Steps.Start($"i{n}");
        await _hub.Store.CommitAsync(step, default);
        for (var turn = 0; turn < turns; turn++)
        {
            step = Steps.Turn(step.Head);
            await _hub.Store.CommitAsync(step, default);
        }
    }))));

    private void Damage(string id, Action<Dictionary<string, object>> change)
    {
        var key = InstanceKey.Of(id);
        _storage.Edit(key.Shard, key.Live, row =>
        {
            var columns = row.Columns.ToDictionary();
            change(columns);
            return row with { Columns = columns };
        });
    }
}
