using BuildFunctions.Engine.Storage;
using BuildFunctions.Engine.Storage.Commit;
using BuildFunctions.Engine.Storage.Rows;
using BuildFunctions.Engine.Storage.Transport;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests.Storage;

/// <summary>What any storage must do for the engine; run on the fake one and on Azurite, so that the fake one can be believed.</summary>
public abstract class StoreConformance
{
    private const string Shard = "s00";

    [Fact]
    public Task A_transaction_is_applied_wholly_or_not_at_all() => RunAsync(async (_, transport) =>
    {
        await transport.TransactAsync(Shard, [Insert("a", "1")], default);
        await transport.TransactAsync(Shard, [Insert("b", "1"), RowOperation.Merge("a", Text("2"))], default);
        foreach (var (wrong, status) in new (RowOperation, int)[]
        {
            (Insert("a", "x"), 409),
            (RowOperation.Merge("none", Text("x")), 404),
            (RowOperation.Merge("a", Text("x"), "W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\""), 412),
            (RowOperation.Delete("none"), 404),
        })
        {
            var refused = await Assert.ThrowsAsync<TransportException>(() => transport.TransactAsync(Shard, [Insert("c", "1"), wrong], default));
            Assert.Equal(status, refused.Status);
            Assert.Null(await transport.GetAsync(Shard, "c", null, default));
        }

        Assert.Equal("2", (await transport.GetAsync(Shard, "a", null, default))!.Text("Text"));
    });

    [Fact]
    public Task A_row_changes_its_ETag_and_only_the_last_one_opens_it() => RunAsync(async (_, transport) =>
    {
        var first = (await transport.TransactAsync(Shard, [Insert("a", "1")], default))[0]!;
        var second = (await transport.TransactAsync(Shard, [RowOperation.Merge("a", Text("2"), first)], default))[0]!;
        Assert.NotEqual(first, second);
        Assert.Equal(second, (await transport.GetAsync(Shard, "a", null, default))!.ETag);
        var refused = await Assert.ThrowsAsync<TransportException>(
            () => transport.TransactAsync(Shard, [RowOperation.Merge("a", Text("3"), first)], default));
        Assert.Equal(412, refused.Status);
    });

    [Fact]
    public Task Merge_keeps_columns_and_replace_drops_them() => RunAsync(async (_, transport) =>
    {
        await transport.TransactAsync(Shard, [Insert("a", "1")], default);
        var numbers = new Dictionary<string, object> { ["Number"] = 7L, ["Int"] = 5 };
        await transport.TransactAsync(Shard, [RowOperation.Merge("a", numbers)], default);
        var merged = (await transport.GetAsync(Shard, "a", null, default))!;
        Assert.Equal(("1", 7L, 5L), (merged.Text("Text"), merged.Number("Number"), merged.Number("Int")));
        Assert.Null((await transport.GetAsync(Shard, "a", ["Number"], default))!.Text("Text"));
        await transport.TransactAsync(Shard, [RowOperation.Replace("a", new Dictionary<string, object> { ["Int"] = 6 })], default);
        Assert.Null((await transport.GetAsync(Shard, "a", null, default))!.Text("Text"));
    });

    [Fact]
    public Task A_range_is_ordered_and_comes_in_pages() => RunAsync(async (_, transport) =>
    {
        foreach (var keys in Enumerable.Range(0, 1100).Select(number => $"k{number:D4}").Chunk(100))
        {
            await transport.TransactAsync(Shard, [.. keys.Select(key => Insert(key, key))], default);
        }

        var found = new List<string>();
        string? continuation = null;
        var pages = 0;
        do
        {
            var page = await transport.QueryAsync(Shard, "k0001", "k1099", ["Text"], continuation, default);
            found.AddRange(page.Rows.Select(row => row.Key));
            continuation = page.Continuation;
            pages++;
        }
        while (continuation is not null);
        Assert.Equal(Enumerable.Range(1, 1098).Select(number => $"k{number:D4}"), found);
        Assert.Equal(2, pages);
    });

    [Fact]
    public Task The_lease_has_one_holder_and_its_answers_can_be_lost() => RunAsync(async (_, transport) =>
    {
        string[] ids = [new Guid(1, 2, 3, new byte[8]).ToString(), new Guid(4, 5, 6, new byte[8]).ToString()];
        var duration = TimeSpan.FromSeconds(20);
        Assert.True(await transport.AcquireLeaseAsync(ids[0], duration, default));
        Assert.True(await transport.AcquireLeaseAsync(ids[0], duration, default));
        Assert.False(await transport.AcquireLeaseAsync(ids[1], duration, default));
        Assert.True(await transport.RenewLeaseAsync(ids[0]));
        Assert.False(await transport.RenewLeaseAsync(ids[1]));
        await transport.WriteOwnerAsync("me", ids[0], default);
        await Assert.ThrowsAsync<TransportException>(() => transport.WriteOwnerAsync("not me", ids[1], default));
        Assert.Equal("me", await transport.ReadOwnerAsync(default));
        await transport.CreateAsync(default);
        Assert.Equal("me", await transport.ReadOwnerAsync(default));
        await transport.ReleaseLeaseAsync(ids[0], default);
        Assert.False(await transport.RenewLeaseAsync(ids[0]));
        Assert.True(await transport.AcquireLeaseAsync(ids[1], duration, default));
    });

    [Fact]
    public Task A_payload_is_written_once() => RunAsync(async (_, transport) =>
    {
        Assert.True(await transport.PutBlobAsync("i/1", "one"u8.ToArray(), default));
        Assert.False(await transport.PutBlobAsync("i/1", "two"u8.ToArray(), default));
        Assert.Equal("one"u8.ToArray(), (await transport.GetBlobAsync("i/1", default))!.Value.ToArray());
        Assert.Null(await transport.GetBlobAsync("i/2", default));
        await transport.PutBlobAsync("j/1", "three"u8.ToArray(), default);
        var listed = new List<string>();
        await foreach (var blob in transport.ListBlobsAsync("i/", default))
        {
            listed.Add(blob.Name);
        }

        Assert.Equal(["i/1"], listed);
        await transport.DeleteBlobAsync("i/1", default);
        await transport.DeleteBlobAsync("i/1", default);
        Assert.Null(await transport.GetBlobAsync("i/1", default));
    });

    [Fact]
    public Task An_instance_comes_back_as_it_was_committed() => RunAsync(async (hub, _) =>
    {
        await hub.Ownership.AcquireAsync(default);
        var steps = new List<StepCommit> { Steps.Start("a") };
        steps.Add(Steps.Turn(steps[^1].Head with { Crashes = "{\"3\":1}", Tags = "{}", ParentId = "p", ParentGeneration = 2, ParentTaskId = 9 }));
        steps.Add(Steps.Turn(steps[^1].Head with { Crashes = null, ScheduledStart = Steps.Created.AddTicks(1) }));
        await CommitAsync(hub.Store, steps);
        Equal(steps, await hub.Store.ReadAsync("a", true, default));
        steps.Add(Steps.Complete(steps[^1].Head));
        await hub.Store.CommitAsync(steps[^1], default);
        Equal(steps, await hub.Store.ReadAsync("a", true, default));
        Assert.Empty((await hub.Store.ReadAsync("a", false, default))!.Events);
        Assert.Null(await hub.Store.ReadAsync("b", true, default));
        Assert.Empty(await hub.Store.LoadLiveAsync(default));
    });

    [Theory]
    [InlineData(300, 100)]
    [InlineData(12, 20_000)]
    [InlineData(3, 399_000)]
    public Task A_long_history_rolls_over_and_comes_back(int turns, int units) => RunAsync(async (hub, _) =>
    {
        await hub.Ownership.AcquireAsync(default);
        var steps = new List<StepCommit> { Steps.Start("long", units) };
        for (var turn = 0; turn < turns; turn++)
        {
            steps.Add(Steps.Turn(steps[^1].Head, units));
        }

        await CommitAsync(hub.Store, steps);
        Equal(steps, Assert.Single(await hub.Store.LoadLiveAsync(default)));
        steps.Add(Steps.Complete(steps[^1].Head, units));
        await hub.Store.CommitAsync(steps[^1], default);
        Equal(steps, await hub.Store.ReadAsync("long", true, default));
    });

    [Fact]
    public Task A_new_generation_has_none_of_the_old_events() => RunAsync(async (hub, transport) =>
    {
        await hub.Ownership.AcquireAsync(default);
        var first = Steps.Start("g", 140_000);
        var second = Steps.Continue(first.Head);
        var done = Steps.Complete(second.Head);
        var again = Steps.Restart(done.Head);
        await CommitAsync(hub.Store, [first, second]);
        Equal([second], await hub.Store.ReadAsync("g", true, default));
        await CommitAsync(hub.Store, [done, again]);
        Equal([again], await hub.Store.ReadAsync("g", true, default));
        await hub.Sweeper.SweepAsync(default);
        Equal([again], Assert.Single(await hub.Store.LoadLiveAsync(default)));
        Assert.Empty((await transport.QueryAsync(InstanceKey.Of("g").Shard, "P|", "P}", null, null, default)).Rows);
    });

    [Fact]
    public Task A_start_may_be_terminal_already() => RunAsync(async (hub, _) =>
    {
        await hub.Ownership.AcquireAsync(default);
        var start = Steps.Start("quick", status: OrchestrationRuntimeStatus.Completed);
        var again = Steps.Restart(start.Head);
        again = again with { Head = again.Head with { Status = OrchestrationRuntimeStatus.Failed, Failure = "{}" } };
        await hub.Store.CommitAsync(start, default);
        Equal([start], await hub.Store.ReadAsync("quick", true, default));
        await hub.Store.CommitAsync(again, default);
        Equal([again], await hub.Store.ReadAsync("quick", true, default));
    });

    [Fact]
    public Task Every_legal_id_is_an_instance_of_its_own() => RunAsync(async (hub, _) =>
    {
        string[] ids = ["a", "A", "a b", "ä", "😀", "..", "a.", "%2F", "100%", "it's", "a|b", "a|b|c", "~a", "!fence", new('x', 256), new('é', 256), "a:1@b-c_d"];
        await hub.Ownership.AcquireAsync(default);
        var starts = ids.Select(id => Steps.Start(id)).ToList();
        await Task.WhenAll(starts.Select(start => hub.Store.CommitAsync(start, default)));
        foreach (var start in starts)
        {
            Equal([start], await hub.Store.ReadAsync(start.Head.Id, true, default));
            var reference = await hub.Store.PutPayloadAsync(start.Head.Id, start.Head.Id, default);
            Assert.Equal(start.Head.Id, await hub.Store.GetPayloadAsync(reference, default));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), (await ListAsync(hub.Store, new())).Order(StringComparer.Ordinal));
        foreach (var id in ids)
        {
            Assert.Contains(id, await ListAsync(hub.Store, new(IdPrefix: id)));
        }
    });

    [Fact]
    public Task A_query_filters_and_goes_on_where_it_stopped() => RunAsync(async (hub, _) =>
    {
        await hub.Ownership.AcquireAsync(default);
        var ids = Enumerable.Range(0, 20).Select(number => $"{(number % 2 == 0 ? "even" : "odd")}-{number}").ToList();
        foreach (var (id, number) in ids.Select((id, number) => (id, number)))
        {
            var start = Steps.Start(id);
            start = start with { Head = start.Head with { CreatedAt = Steps.Created.AddMinutes(number) } };
            await CommitAsync(hub.Store, number < 10 ? [start] : [start, Steps.Complete(start.Head)]);
        }

        var all = await ListAsync(hub.Store, new());
        Assert.Equal(ids.Order(), all.Order());
        Assert.Equal(all[7..], await ListAsync(hub.Store, new(After: all[6])));
        Assert.Equal(10, (await ListAsync(hub.Store, new(IdPrefix: "odd"))).Count);
        Assert.Equal(ids[..10].Order(), (await ListAsync(hub.Store, new([OrchestrationRuntimeStatus.Running]))).Order());
        Assert.Equal(
            ids[5..8].Order(), (await ListAsync(hub.Store, new(CreatedFrom: Steps.Created.AddMinutes(5), CreatedTo: Steps.Created.AddMinutes(7)))).Order());
    });

    [Fact]
    public Task A_payload_is_what_was_stored() => RunAsync(async (hub, transport) =>
    {
        await hub.Ownership.AcquireAsync(default);
        foreach (var text in (string[])["", "\0", "\ufeffbom", "😀" + new string('ü', 100_000), "payload:looks:like:one"])
        {
            var reference = await hub.Store.PutPayloadAsync("p", text, default);
            Assert.True(PayloadText.IsReference(reference));
            Assert.Equal(text, await hub.Store.GetPayloadAsync(reference, default));
        }

        var lost = await hub.Store.PutPayloadAsync("p", "lost", default);
        await transport.DeleteBlobAsync(lost.Split(':')[3], default);
        await Assert.ThrowsAsync<PayloadMissingException>(() => hub.Store.GetPayloadAsync(lost, default));
        await transport.PutBlobAsync(lost.Split(':')[3], "tampered"u8.ToArray(), default);
        await Assert.ThrowsAsync<PayloadMissingException>(() => hub.Store.GetPayloadAsync(lost, default));
        await Assert.ThrowsAsync<PayloadMissingException>(() => hub.Store.GetPayloadAsync("payload:x", default));
    });

    [Fact]
    public Task Purge_leaves_nothing_and_spares_who_is_live() => RunAsync(async (hub, transport) =>
    {
        await hub.Ownership.AcquireAsync(default);
        var start = Steps.Start("gone", 140_000);
        await hub.Store.CommitAsync(start, default);
        var reference = await hub.Store.PutPayloadAsync("gone", "text", default);
        Assert.False(await hub.Store.PurgeAsync("gone", default));
        await hub.Store.CommitAsync(Steps.Complete(start.Head), default);
        Assert.True(await hub.Store.PurgeAsync("gone", default));
        Assert.False(await hub.Store.PurgeAsync("gone", default));
        Assert.Null(await hub.Store.ReadAsync("gone", true, default));
        await Assert.ThrowsAsync<PayloadMissingException>(() => hub.Store.GetPayloadAsync(reference, default));
        var left = (await transport.QueryAsync(InstanceKey.Of("gone").Shard, "", "~", null, null, default)).Rows.Select(row => row.Key);
        Assert.DoesNotContain(left, key => key.Contains("gone", StringComparison.Ordinal));
        await hub.Store.CommitAsync(Steps.Start("gone"), default);
    });

    [Fact]
    public Task What_is_too_large_is_refused_before_it_is_sent() => RunAsync(async (hub, _) =>
    {
        await hub.Ownership.AcquireAsync(default);
        var start = Steps.Start("large");
        foreach (var wrong in (StepCommit[])
        [
            start with { Head = start.Head with { Input = new('x', 33_000) } },
            start with { Head = start.Head with { Output = "\ud800" } },
            Steps.WithEvents(start, "[" + new string('x', 600_000) + "]"),
        ])
        {
            await Assert.ThrowsAsync<CommitRejectedException>(() => hub.Store.CommitAsync(wrong, default));
        }

        await hub.Store.CommitAsync(start, default);
    });

    [Fact]
    public Task The_largest_legal_commits_fit() => RunAsync(async (hub, _) =>
    {
        await hub.Ownership.AcquireAsync(default);
        var text = new string('"', PayloadText.InlineLimit);
        var start = Steps.Start("max", 131_000);
        start = start with { Head = start.Head with { Input = text, CustomStatus = text } };
        var last = Steps.Complete(start.Head, StepCommit.MaximumEventsLength);
        last = last with { Head = last.Head with { Output = text, Failure = text } };
        await CommitAsync(hub.Store, [start, last]);
        Equal([start, last], await hub.Store.ReadAsync("max", true, default));
    });

    [Fact]
    public Task A_start_over_a_live_instance_is_refused_and_nothing_else_is_hurt() => RunAsync(async (hub, transport) =>
    {
        await hub.Ownership.AcquireAsync(default);
        var key = InstanceKey.Of("there");
        await transport.TransactAsync(key.Shard, [Insert(key.Live, "stray")], default);
        var neighbours = Enumerable.Range(0, 50).Select(number => Steps.Start($"n{number}")).ToList();
        var all = neighbours.Select(start => hub.Store.CommitAsync(start, default)).ToList();
        await Assert.ThrowsAsync<CommitRejectedException>(() => hub.Store.CommitAsync(Steps.Start("there"), default));
        await Task.WhenAll(all);
        await hub.Store.CommitAsync(Steps.Turn(neighbours[0].Head), default);
        Assert.False(hub.Ownership.Lost.IsCompleted);
    });

    [Fact]
    public Task An_owner_is_recorded_and_a_released_hub_can_be_taken_again() => RunAsync(async (hub, transport) =>
    {
        Assert.Null(await hub.Ownership.ReadOwnerAsync(default));
        await hub.Ownership.AcquireAsync(default);
        var owner = await hub.Ownership.ReadOwnerAsync(default);
        Assert.Equal((hub.Ownership.Owner, 1L), (owner!.Owner, owner.Epoch));
        await hub.Store.CommitAsync(Steps.Start("a"), default);
        await hub.Ownership.ReleaseAsync();
        await Assert.ThrowsAsync<FencedException>(() => hub.Store.CommitAsync(Steps.Start("b"), default));
        Assert.True(await transport.AcquireLeaseAsync(new Guid(7, 7, 7, new byte[8]).ToString(), TimeSpan.FromSeconds(20), default));
        Assert.Equal("1", (await transport.GetAsync(InstanceKey.Of("a").Shard, Fence.Key, null, default))!.Number("Batch").ToString());
    });

    /// <summary>Runs the test on a hub of its own.</summary>
    private protected abstract Task RunAsync(Func<HubStorage, IHubTransport, Task> test);

    private static Dictionary<string, object> Text(string text) => new() { ["Text"] = text };

    private static RowOperation Insert(string key, string text) => RowOperation.Insert(key, Text(text));

    private static async Task CommitAsync(IHubStore store, IEnumerable<StepCommit> steps)
    {
        foreach (var step in steps)
        {
            await store.CommitAsync(step, default);
        }
    }

    private static async Task<List<string>> ListAsync(IHubStore store, HeadQuery query)
    {
        var ids = new List<string>();
        await foreach (var head in store.QueryAsync(query, default))
        {
            ids.Add(head.Id);
        }

        return ids;
    }

    private static void Equal(IReadOnlyList<StepCommit> steps, StoredInstance? stored)
    {
        Assert.Equal(steps[^1].Head, stored!.Head);
        Assert.Equal(steps.Select(step => step.Events), stored.Events);
    }
}
