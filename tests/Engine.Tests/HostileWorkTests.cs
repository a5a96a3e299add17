using System.Globalization;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using BuildFunctions.Engine.Tests.Harness;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

/// <summary>What one instance does, or has lost, must not stop the hub.</summary>
public sealed class HostileWorkTests
{
    [Fact]
    public async Task An_output_whose_property_throws_fails_its_orchestration() =>
        Assert.Contains("no value", await FailureAsync(_ => Task.FromResult<object?>(new Throwing())), StringComparison.Ordinal);

    [Fact]
    public async Task A_successors_input_that_cannot_be_written_fails_its_orchestration() =>
        Assert.Contains("no value", await FailureAsync(context =>
        {
            context.ContinueAsNew(new Throwing());
            return Task.FromResult<object?>(null);
        }), StringComparison.Ordinal);

    [Fact]
    public async Task An_exception_that_hides_its_message_fails_its_orchestration() =>
        Assert.Equal(typeof(HidingException).FullName, await FailureAsync(_ => throw new HidingException(), details => details.ErrorType));

    [Fact]
    public async Task An_exception_that_hides_its_message_fails_its_activity() =>
        Assert.Equal("caught", await FailureAsync(async context =>
        {
            await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync("Hides"));
            throw new InvalidOperationException("caught");
        }));

    [Fact]
    public async Task A_failure_that_went_through_a_hundred_parents_is_cut_and_passed_on()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("Nested", async context =>
        {
            var left = context.GetInput<int>();
            return left == 0 ? throw new InvalidOperationException("deepest") : await context.CallSubOrchestratorAsync<object>("Nested", left - 1);
        }));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Nested", 100)).RuntimeStatus);
        Assert.False(hub.Hub.Failed.IsCompleted);
    }

    [Theory]
    [InlineData("activity")]
    [InlineData("child")]
    [InlineData("event")]
    public async Task A_payload_that_is_gone_fails_what_needs_it(string kind)
    {
        var storage = new MemoryHub();
        var tasks = new TestTasks()
            .Orchestrator("O", async context =>
            {
                var large = new string('x', PayloadText.InlineLimit + 1);
                var lost = kind switch
                {
                    "activity" => context.CallActivityAsync("A", large),
                    "child" => context.CallSubOrchestratorAsync("C", large),
                    _ => Task.CompletedTask,
                };
                if (kind == "event")
                {
                    context.SendEvent("nobody", "e", large);
                }

                await context.WaitForExternalEvent<object>("go");
                await lost;
                return (object?)null;
            })
            .Orchestrator("C", _ => Task.CompletedTask)
            .Activity("A", (_, _) => Task.FromResult<object?>(null));
        // Dies when the call is in storage and before it is carried out.
        var commits = 0;
        var session = new MemorySession(storage) { Crash = (_, after) => after && storage.Commits > commits && storage.Payloads.Count > 0 };
        var first = await TestHub.StartAsync(tasks, session: session);
        await Assert.ThrowsAnyAsync<Exception>(() => first.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions("o")));
        await first.Hub.Failed;
        storage.Payloads.Clear();

        await using var second = await TestHub.StartAsync(tasks, storage);
        await second.Client.RaiseEventAsync("o", "go", TestHub.Soon);
        var end = await second.EndOfAsync("o");
        Assert.Equal(kind == "event" ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.False(second.Hub.Failed.IsCompleted);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_child_that_storage_refuses_fails_its_call()
    {
        var session = new MemorySession(new MemoryHub())
        {
            Committed = step => _ = step.Head.Id == "refused" ? throw new CommitRejectedException("Not this one.") : step,
        };
        await using var hub = await TestHub.StartAsync(
            new TestTasks()
                .Orchestrator("O", context => context.CallSubOrchestratorAsync("C", options: new SubOrchestrationOptions(instanceId: "refused")))
                .Orchestrator("C", _ => Task.CompletedTask),
            session: session);
        Assert.Contains("Not this one", (await hub.RunAsync("O")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.False(hub.Hub.Failed.IsCompleted);
    }

    [Fact]
    public async Task An_event_to_an_instance_of_another_version_waits_for_that_one()
    {
        var storage = new MemoryHub();
        var tasks = new TestTasks()
            .Orchestrator("Receive", async context => (object?)await context.WaitForExternalEvent<string>("word"))
            .Orchestrator("Send", async context =>
            {
                await context.WaitForExternalEvent<string>("go");
                context.SendEvent("newer", "word", "sent");
                return (object?)"sent";
            });
        var newer = await TestHub.StartAsync(tasks, storage, versioning: VersionTests.Worker("2.0"));
        await newer.Client.ScheduleNewOrchestrationInstanceAsync("Receive", new StartOrchestrationOptions("newer"));
        await newer.Client.ScheduleNewOrchestrationInstanceAsync("Send", new StartOrchestrationOptions("sender") { Version = "1.0" });
        await newer.DisposeAsync();

        var older = await TestHub.StartAsync(tasks, storage, versioning: VersionTests.Worker("1.0"));
        await older.Client.RaiseEventAsync("sender", "go", "now");
        // Whatever the first did to the hub, another instance has gone on after it.
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await older.RunAsync("Unknown")).RuntimeStatus);
        Assert.False(older.Hub.Failed.IsCompleted);
        await older.DisposeAsync();

        await using var last = await TestHub.StartAsync(tasks, storage, versioning: VersionTests.Worker("2.0"));
        Assert.Equal("sent", (await last.EndOfAsync("newer")).ReadOutputAs<string>());
        Assert.Equal("sent", (await last.EndOfAsync("sender")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_that_meets_a_start_which_is_not_made_is_answered()
    {
        var (reading, read) = (new TaskCompletionSource(), new TaskCompletionSource());
        var session = new MemorySession(new MemoryHub())
        {
            ReadingEnded = () =>
            {
                reading.TrySetResult();
                return read.Task;
            },
        };
        await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("O", _ => Task.CompletedTask), session: session);
        var once = new StartOrchestrationOptions("once").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);
        var first = hub.Client.ScheduleNewOrchestrationInstanceAsync("O", once, TestHub.Soon);
        read.SetResult();
        await first;
        await hub.EndOfAsync("once");

        (reading, read) = (new TaskCompletionSource(), new TaskCompletionSource());
        var again = hub.Client.ScheduleNewOrchestrationInstanceAsync("O", once, TestHub.Soon);
        await reading.Task;
        var raising = hub.Client.RaiseEventAsync("once", "e", "x", TestHub.Soon);
        read.SetResult();
        await Assert.ThrowsAnyAsync<Exception>(() => again);
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => raising)).StatusCode);
    }

    private static async Task<string> FailureAsync(Func<TaskOrchestrationContext, Task<object?>> code, Func<TaskFailureDetails, string>? what = null)
    {
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("O", code)
            .Activity("Hides", (_, _) => throw new HidingException()));
        var end = await hub.RunAsync("O");
        Assert.False(hub.Hub.Failed.IsCompleted);
        return (what ?? (details => details.ErrorMessage))(end.FailureDetails!);
    }

    private sealed class Throwing
    {
        public string Value => throw new InvalidTimeZoneException(string.Create(CultureInfo.InvariantCulture, $"no value {1}"));
    }

    private sealed class HidingException : Exception
    {
        public override string Message => throw new InvalidTimeZoneException("no message");
    }
}
