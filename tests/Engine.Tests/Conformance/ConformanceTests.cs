using BuildFunctions.Conformance;
using static BuildFunctions.Conformance.ClientOperation;

namespace BuildFunctions.Engine.Tests.Conformance;

/// <summary>What an orchestration and its client may rely on. Each test runs on three runtimes; those that assert a difference say so.</summary>
public abstract class ConformanceTests(Runtime runtime)
{
    [Fact]
    public async Task Input_comes_back_as_output() => Assert.Equal("\"hello\"", await runtime.OutputAsync("Echo", "hello"));

    [Fact]
    public async Task An_activity_may_return_nothing() => Assert.Equal("\"null\"", await runtime.OutputAsync("Null"));

    [Fact]
    public async Task Events_before_the_wait_are_kept_in_order()
    {
        var id = await runtime.StartedAsync("TakesEarly");
        await runtime.RaiseAsync(id, "e", "1");
        await runtime.RaiseAsync(id, "E", "2");
        await runtime.RaiseAsync(id, "go");

        Assert.Equal("\"1 2\"", (await runtime.EndAsync(id)).Output);
    }

    [Fact]
    public async Task The_newest_waiter_is_served_first()
    {
        var id = await runtime.StartedAsync("TwoWaiters");
        await runtime.RaiseAsync(id, "e", "1");
        await runtime.RaiseAsync(id, "e", "2");

        Assert.Equal("\"older 2, newer 1\"", (await runtime.EndAsync(id)).Output);
    }

    [Fact]
    public async Task A_waiter_that_gave_up_takes_no_event_with_it()
    {
        var id = await runtime.StartAsync("GivesUp");
        await runtime.SeenAsync(id, instance => instance.CustomStatus == "\"gave up\"");
        await runtime.RaiseAsync(id, "e");
        await runtime.RaiseAsync(id, "go");

        Assert.Equal("\"x\"", (await runtime.EndAsync(id)).Output);
    }

    [Fact]
    public async Task One_name_is_waited_for_as_one_type() => Assert.Equal("\"refused\"", await runtime.OutputAsync("OtherType"));

    [Fact]
    public async Task An_end_waits_for_open_timers()
    {
        var id = await runtime.StartAsync("LeavesTimer");
        await runtime.SeenAsync(id, instance => instance.Status == "Running");

        Assert.Equal("\"left\"", (await runtime.EndAsync(id)).Output);
    }

    [Fact]
    public async Task A_long_timer_that_is_cancelled_is_not_waited_for()
    {
        var id = await runtime.StartedAsync("CancelsTimer");
        await runtime.RaiseAsync(id, "go");

        Assert.Equal("\"Canceled\"", (await runtime.EndAsync(id)).Output);
    }

    [Fact]
    [Difference]
    public async Task Timers_fire_early()
    {
        var slept = int.Parse((await runtime.OutputAsync("Sleeps"))!.Trim('"'));

        Assert.True(slept >= 3000 - runtime.Of(engine: 0, inMemory: 0, extension: 1000), $"{slept} ms");
    }

    [Fact]
    [Difference]
    public async Task A_failed_instance_says_why()
    {
        var end = await runtime.EndAsync(await runtime.StartAsync("Throws"));

        Assert.Equal("Failed", end.Status);
        Assert.Equal(runtime.Of("bad", "bad", "System.InvalidOperationException: bad"), end.Output);
        Assert.Equal(runtime.Of("System.InvalidOperationException", "System.InvalidOperationException", null), end.Failure?.Type);
    }

    [Fact]
    [Difference]
    public async Task An_orchestration_that_lets_an_activity_fail_fails_with_it()
    {
        var end = await runtime.EndAsync(await runtime.StartAsync("LetsFail"));

        Assert.Equal("Failed", end.Status);
        Assert.Contains("Task 'Fails' (#0) failed with an unhandled exception: bad", end.Output);
        Assert.Equal(runtime.Of("System.InvalidOperationException", "System.InvalidOperationException", null), end.Failure?.Inner?.Type);
    }

    [Fact]
    public async Task A_caught_failure_says_what_was_thrown() => Assert.Equal(
        "\"Fails #0 System.InvalidOperationException: bad / System.TimeoutException True False\"", await runtime.OutputAsync("Catches"));

    [Fact]
    public async Task A_childs_failure_is_caught_like_an_activitys() =>
        Assert.Equal("\"Throws System.InvalidOperationException: bad\"", await runtime.OutputAsync("CatchesChild"));

    [Fact]
    [Difference]
    public async Task An_activity_that_does_not_exist_fails() => Assert.Equal(
        runtime.Of("\"ActivityTaskNotFound\"", "\"ActivityTaskNotFound\"", "\"(unknown)\""), await runtime.OutputAsync("CallsNobody"));

    [Fact]
    [Difference]
    public async Task An_orchestrator_that_does_not_exist_fails()
    {
        var end = await runtime.EndAsync(await runtime.StartAsync("Nobody"));

        Assert.Equal("Failed", end.Status);
        Assert.Equal(runtime.Of("OrchestratorTaskNotFound", "OrchestratorTaskNotFound", null), end.Failure?.Type);
    }

    [Fact]
    public async Task A_policy_retries_until_it_works() => Assert.Equal("\"attempt 3\"", await runtime.OutputAsync("Retries"));

    [Fact]
    public async Task A_policy_whose_code_throws_retries_nothing() =>
        Assert.Equal("\"System.TimeoutException after 1\"", await runtime.OutputAsync("RetriesBadly"));

    [Fact]
    public async Task A_handler_is_told_of_each_failure() =>
        Assert.Equal("\"attempt 3, told of 1, 2\"", await runtime.OutputAsync("RetriesByHandler"));

    [Fact]
    [Difference]
    public async Task Starting_over_keeps_early_events_and_not_the_custom_status()
    {
        var id = await runtime.StartedAsync("StartsOver");
        await runtime.RaiseAsync(id, "e", "early");
        await runtime.RaiseAsync(id, "go");
        var end = await runtime.EndAsync(id);

        Assert.Equal((runtime.Of("\"early\"", "\"lost\"", "\"early\""), null), (end.Output, end.CustomStatus));
    }

    [Fact]
    public async Task An_event_sent_to_nobody_is_dropped() => Assert.Equal("\"SENT\"", await runtime.OutputAsync("SendsToNobody"));

    [Fact]
    public async Task A_suspended_instance_takes_events_in_when_it_is_resumed()
    {
        var id = await runtime.StartedAsync("Waits");
        await runtime.DoneAsync(new ClientCall(Suspend, id));
        await runtime.SeenAsync(id, instance => instance.Status == "Suspended");
        await runtime.RaiseAsync(id, "go", "kept");
        await runtime.DoneAsync(new ClientCall(Resume, id));

        Assert.Equal("\"kept\"", (await runtime.EndAsync(id)).Output);
    }

    [Fact]
    public async Task A_terminated_instance_has_the_given_output()
    {
        var id = await runtime.StartedAsync("Waits");
        await runtime.DoneAsync(new ClientCall(Terminate, id, Text: "enough"));
        var end = await runtime.EndAsync(id);

        Assert.Equal(("Terminated", "\"enough\""), (end.Status, end.Output));
    }

    [Fact]
    public async Task Children_outlive_a_parent_that_is_terminated()
    {
        var id = await runtime.StartedAsync("CallsChild");
        await runtime.SeenAsync(id + "-child", child => child.Status == "Running");
        await runtime.DoneAsync(new ClientCall(Terminate, id));
        await runtime.EndAsync(id);
        await runtime.RaiseAsync(id + "-child", "go", "still here");

        Assert.Equal("\"still here\"", (await runtime.EndAsync(id + "-child")).Output);
    }

    [Fact]
    [Difference]
    public async Task An_event_before_the_first_turn_is_thrown_away()
    {
        var id = Runtime.NewId();
        await runtime.DoneAsync(new ClientCall(Start, id, "Waits") { StartAt = DateTimeOffset.UtcNow.AddSeconds(3) });
        var told = await runtime.CallAsync(new ClientCall(Raise, id, "go", "early"));
        await runtime.SeenAsync(id, instance => instance.Status is not "Pending");
        await runtime.CallAsync(new ClientCall(Raise, id, "go", "late"));

        Assert.Null(told.Refusal);
        Assert.Equal(runtime.Of("\"early\"", "\"early\"", "\"late\""), (await runtime.EndAsync(id)).Output);
    }

    [Fact]
    [Difference]
    public async Task An_instance_is_running_once_its_start_is_answered()
    {
        var id = await runtime.StartAsync("Waits");
        var status = (await runtime.CallAsync(new ClientCall(Get, id))).Instance!.Status;
        await runtime.DoneAsync(new ClientCall(Terminate, await Started()));

        Assert.True(status == "Running" || runtime.Of(false, true, true) && status == "Pending", status);

        async Task<string> Started()
        {
            await runtime.SeenAsync(id, instance => instance.Status == "Running");
            return id;
        }
    }

    [Fact]
    [Difference]
    public async Task Messages_to_nobody_are_refused()
    {
        var id = Runtime.NewId();
        var refused = runtime.Of("RpcException NotFound", null, "RpcException NotFound");

        Assert.Equal(refused, (await runtime.CallAsync(new ClientCall(Raise, id, "go", "x"))).Refusal);
        Assert.Equal(refused, (await runtime.CallAsync(new ClientCall(Terminate, id))).Refusal);
        Assert.Equal(refused, (await runtime.CallAsync(new ClientCall(Suspend, id))).Refusal);
    }

    [Fact]
    [Difference]
    public async Task Messages_to_a_finished_instance_are_refused()
    {
        var id = await runtime.StartAsync("Echo");
        await runtime.EndAsync(id);
        var refused = runtime.Of("RpcException FailedPrecondition", null, "RpcException FailedPrecondition");

        Assert.Equal(refused, (await runtime.CallAsync(new ClientCall(Raise, id, "go", "x"))).Refusal);
        Assert.Equal(refused, (await runtime.CallAsync(new ClientCall(Terminate, id))).Refusal);
        Assert.Equal(refused, (await runtime.CallAsync(new ClientCall(Resume, id))).Refusal);
    }

    [Fact]
    [Difference]
    public async Task A_live_instances_id_cannot_be_started_again()
    {
        var id = await runtime.StartedAsync("Waits");
        var again = await runtime.CallAsync(new ClientCall(Start, id, "Waits"));
        await runtime.DoneAsync(new ClientCall(Terminate, id));

        Assert.Equal(runtime.Of("OrchestrationAlreadyExistsException", null, "OrchestrationAlreadyExistsException"), again.Refusal);
    }

    [Fact]
    public async Task An_ended_instance_is_replaced_by_the_next_start()
    {
        var id = await runtime.StartAsync("Echo", "first");
        await runtime.EndAsync(id);
        await runtime.DoneAsync(new ClientCall(Start, id, "Echo", "second"));
        await runtime.SeenAsync(id, instance => instance is { Status: "Completed", Output: "\"second\"" });
    }

    [Fact]
    public async Task An_ended_instance_stays_when_the_start_says_so()
    {
        var id = await runtime.StartAsync("Echo", "first");
        await runtime.EndAsync(id);
        var again = await runtime.CallAsync(new ClientCall(Start, id, "Echo", "second") { Dedupe = ["Completed"] });

        Assert.Equal("OrchestrationAlreadyExistsException", again.Refusal);
        Assert.Equal("\"first\"", (await runtime.EndAsync(id)).Output);
    }

    [Fact]
    [Difference]
    public async Task A_live_instance_is_not_purged()
    {
        var id = await runtime.StartedAsync("Waits");
        var purge = await runtime.CallAsync(new ClientCall(Purge, id));

        Assert.Equal(runtime.Of("InvalidOperationException", null, "InvalidOperationException"), purge.Refusal);
    }

    [Fact]
    public async Task An_ended_instance_is_purged_once()
    {
        var id = await runtime.StartAsync("Echo");
        await runtime.EndAsync(id);

        Assert.Equal(1, (await runtime.DoneAsync(new ClientCall(Purge, id))).Purged);
        Assert.Equal(0, (await runtime.DoneAsync(new ClientCall(Purge, id))).Purged);
        Assert.Null((await runtime.DoneAsync(new ClientCall(Get, id))).Instance);
    }

    [Fact]
    [Difference]
    public async Task A_live_instance_is_restarted_only_under_a_new_id()
    {
        var id = await runtime.StartedAsync("Waits");
        var restart = await runtime.CallAsync(new ClientCall(Restart, id));

        Assert.Equal(runtime.Of("InvalidOperationException", "RpcException Internal", "InvalidOperationException"), restart.Refusal);
    }
}
