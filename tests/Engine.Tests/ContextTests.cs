using System.Globalization;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Orchestration;
using BuildFunctions.Engine.Tests.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

/// <summary>What an orchestrator sees, as the real worker shows it.</summary>
public sealed class ContextTests
{
    [Fact]
    public async Task IsReplaying_is_true_for_the_past_and_false_for_what_is_new()
    {
        var seen = new List<string>();
        await using var hub = await TestHub.StartAsync(
            new TestTasks()
                .Orchestrator("O", async context =>
                {
                    var line = $"a:{context.IsReplaying}";
                    await context.CallActivityAsync("A");
                    line += $" b:{context.IsReplaying}";
                    await context.CallActivityAsync("A");
                    seen.Add($"{line} c:{context.IsReplaying}");
                })
                .Activity("A", (_, _) => Task.FromResult<object?>(null)),
            options: new EngineOptions { CachedOrchestrators = 0 });

        await hub.RunAsync("O");

        Assert.Equal(["a:True b:True c:False"], seen);
    }

    [Fact]
    public async Task Time_stands_still_in_a_turn_and_moves_between_turns()
    {
        var times = new List<DateTime>();
        var clock = new ManualTime();
        await using var hub = await TestHub.StartAsync(
            new TestTasks().Orchestrator("O", async context =>
            {
                times.Add(context.CurrentUtcDateTime);
                clock.Set(clock.GetUtcNow().AddSeconds(1));
                times.Add(context.CurrentUtcDateTime);
                await context.CallActivityAsync("A");
                times.Add(context.CurrentUtcDateTime);
            }).Activity("A", (_, _) => Task.FromResult<object?>(null)),
            time: clock,
            options: new EngineOptions { CachedOrchestrators = 1 });

        await hub.RunAsync("O");

        Assert.All(times, time => Assert.Equal(DateTimeKind.Utc, time.Kind));
        Assert.Equal(times[^3], times[^2]);
        Assert.True(times[^1] > times[^2]);
    }

    [Fact]
    public void NewGuid_is_version_5_over_instance_time_and_counter()
    {
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

        var guid = DeterministicGuid.Create("abc", time, 0);

        Assert.Equal('5', guid.ToString()[14]);
        Assert.Contains(guid.ToString()[19], "89ab");
        Assert.Equal(guid, DeterministicGuid.Create("abc", time, 0));
        Assert.NotEqual(guid, DeterministicGuid.Create("abc", time, 1));
        // The RFC's own example of the algorithm: version 5 of "www.example.com" would need its namespace; this value was computed independently.
        Assert.Equal(Reference("abc_2026-01-02T03:04:05.0000000Z_0"), guid);
    }

    [Fact]
    public async Task A_child_without_an_id_takes_one_guid()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("Parent", async context =>
            {
                var child = await context.CallSubOrchestratorAsync<string>("Child");
                return (object?)$"{child} {context.NewGuid():N}";
            })
            .Orchestrator("Child", context => Task.FromResult<object?>($"{context.InstanceId} {context.Parent!.Name} {context.Parent.InstanceId}")));

        var end = await hub.RunAsync("Parent");

        var parts = end.ReadOutputAs<string>()!.Split(' ');
        Assert.Equal(["Parent", end.InstanceId], parts[1..3]);
        Assert.NotEqual(parts[0], parts[3]);
    }

    [Fact]
    public async Task Names_ignore_case_and_missing_ones_fail_without_retry()
    {
        var calls = 0;
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("Parent", async context =>
            {
                await context.CallActivityAsync("aCTIVITY");
                var failures = new List<string>();
                foreach (var call in new Func<Task>[]
                {
                    () => context.CallActivityAsync("Nothing", options: TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromHours(1)))),
                    () => context.CallSubOrchestratorAsync("Nothing"),
                })
                {
                    var failed = await Assert.ThrowsAsync<TaskFailedException>(call);
                    failures.Add($"{failed.TaskId} {failed.FailureDetails}");
                }

                return (object?)failures;
            })
            .Activity("Activity", (_, _) => Task.FromResult<object?>(calls++)));

        var end = await hub.RunAsync("pARENT");

        Assert.Equal(1, calls);
        Assert.Equal(
            [
                "1 ActivityTaskNotFound: No activity task named 'Nothing' was found.",
                "2 OrchestratorTaskNotFound: No orchestrator task named 'Nothing' was found.",
            ],
            end.ReadOutputAs<List<string>>()!);
    }

    [Fact]
    public async Task An_unknown_orchestrator_fails()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks());

        var end = await hub.RunAsync("Nothing");

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "OrchestratorTaskNotFound"), (end.RuntimeStatus, end.FailureDetails!.ErrorType));
    }

    [Fact]
    public async Task Options_in_place_of_the_input_are_refused()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("O", async context =>
            (object?)(await Assert.ThrowsAsync<ArgumentException>(() =>
                context.CallActivityAsync("A", input: TaskOptions.FromRetryPolicy(new RetryPolicy(1, TimeSpan.FromSeconds(1)))))).ParamName));

        Assert.Equal("input", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_is_not_awaited_keeps_the_instance_running()
    {
        var clock = new ManualTime();
        await using var hub = await TestHub.StartAsync(
            new TestTasks().Orchestrator("O", context =>
            {
                _ = context.CreateTimer(TimeSpan.FromSeconds(30), CancellationToken.None);
                _ = context.WaitForExternalEvent<string>("never");
                return Task.FromResult<object?>("done");
            }),
            time: clock);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        var before = await hub.Client.GetInstanceAsync(id);

        clock.Advance(TimeSpan.FromSeconds(30));
        var end = await hub.EndOfAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Running, before!.RuntimeStatus);
        Assert.Equal("done", end.ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "1.0", -1)]
    [InlineData("1.10", "1.9", 1)]
    [InlineData("b", "A", 1)]
    [InlineData("1.0", "1.0", 0)]
    public void Versions_compare_as_numbers_where_they_are(string left, string right, int order) =>
        Assert.Equal(order, Math.Sign(Microsoft.DurableTask.Abstractions.TaskOrchestrationVersioningUtils.CompareVersions(left, right)));

    [Fact]
    public async Task Versions_reach_the_orchestrator_and_its_activities_but_not_its_children()
    {
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("O", async context => (object?)
                $"{context.Version} {context.CompareVersionTo("2.0")} {await context.CallSubOrchestratorAsync<string>("Child")}")
            .Orchestrator("Child", context => Task.FromResult<object?>($"[{context.Version}]")));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O", new StartOrchestrationOptions { Version = "10.0" });

        Assert.Equal("10.0 1 []", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Custom_status_is_the_last_one_of_the_turn_as_json()
    {
        var release = new TaskCompletionSource();
        await using var hub = await TestHub.StartAsync(new TestTasks()
            .Orchestrator("O", async context =>
            {
                context.SetCustomStatus("one");
                context.SetCustomStatus("two");
                await context.WaitForExternalEvent<string>("go");
                context.SetCustomStatus(null);
                Assert.Throws<ArgumentException>(() => context.SetCustomStatus(new string('x', 16 * 1024)));
            }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("O");
        var waiting = await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true);
        await hub.Client.RaiseEventAsync(id, "go");

        Assert.Equal("\"two\"", waiting!.SerializedCustomStatus);
        Assert.Null((await hub.EndOfAsync(id)).SerializedCustomStatus);
    }

    [Fact]
    public async Task Another_culture_and_time_zone_replay_the_same()
    {
        var (culture, zone) = (CultureInfo.CurrentCulture, Environment.GetEnvironmentVariable("TZ"));
        var storage = new MemoryHub();
        var tasks = new TestTasks()
            .Orchestrator("O", async context =>
            {
                var names = new SortedDictionary<string, double> { ["istanbul"] = 1.5, ["ISTANBUL"] = 2.5, ["ıstanbul"] = 3.5 };
                foreach (var (name, number) in names)
                {
                    await context.CallActivityAsync<string>($"{number}", name);
                }

                await context.CreateTimer(context.CurrentUtcDateTime, CancellationToken.None);
                await context.WaitForExternalEvent<string>("e");
                return (object?)$"{string.Join(',', names.Values)} {context.CurrentUtcDateTime.Kind}";
            })
            .Activity<string>("1.5", name => name).Activity<string>("2.5", name => name).Activity<string>("3.5", name => name);
        try
        {
            In("Asia/Tokyo", decimals: ",");
            var first = await TestHub.StartAsync(tasks, storage);
            var id = await first.Client.ScheduleNewOrchestrationInstanceAsync("O");
            await first.Client.RaiseEventAsync(id, "e", "x");
            await first.KillAsync();
            In("America/St_Johns", decimals: "'");
            await using var second = await TestHub.StartAsync(tasks, storage);

            Assert.Equal("2.5,1.5,3.5 Utc", (await second.EndOfAsync(id)).ReadOutputAs<string>());
            await first.DisposeAsync();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            SetZone(zone);
        }

        static void In(string zone, string decimals)
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NumberDecimalSeparator = decimals;
            CultureInfo.CurrentCulture = other;
            SetZone(zone);
        }

        static void SetZone(string? zone)
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    [Fact]
    public async Task Culture_of_the_process_does_not_reach_the_orchestrator()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            await using var hub = await TestHub.StartAsync(new TestTasks().Orchestrator("O", context =>
                Task.FromResult<object?>(1.5.ToString(CultureInfo.CurrentCulture))));
            Assert.Equal("1.5", (await hub.RunAsync("O")).ReadOutputAs<string>());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Guid Reference(string name)
    {
        // RFC 9562, 5.5, written out once more: SHA-1 of namespace and name, first 16 bytes, version and variant set.
        var bytes = System.Security.Cryptography.SHA1.HashData(
            [.. Convert.FromHexString("9e9529585e334daf827f2fa12937b875"), .. System.Text.Encoding.UTF8.GetBytes(name)]);
        bytes[6] = (byte)(bytes[6] & 0x0f | 0x50);
        bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
        return new Guid(Convert.ToHexString(bytes.AsSpan(0, 16)));
    }
}
