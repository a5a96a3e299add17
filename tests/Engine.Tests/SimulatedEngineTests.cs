using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Tests.Harness;
using BuildFunctions.Engine.Tests.Storage.Simulation;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Engine.Tests;

/// <summary>The whole engine in simulated processes over simulated storage: every storage call of a scenario meets every fault.</summary>
public sealed class SimulatedEngineTests
{
    private static readonly Fault[] _faults =
    [
        new(FaultKind.FailBefore, 503), new(FaultKind.FailBefore, 412), new(FaultKind.FailAfter), new(FaultKind.FailAfter, 409), new(FaultKind.Lost),
        new(FaultKind.Slow), new(FaultKind.Late), new(FaultKind.Twice), new(FaultKind.CrashBefore), new(FaultKind.CrashAfter), new(FaultKind.CrashLate),
    ];

    [Theory]
    [MemberData(nameof(CrashTests.Scenarios), MemberType = typeof(CrashTests))]
    public void Whatever_happens_to_a_storage_call_the_result_is_the_same(string scenario, string expected)
    {
        var calls = Run(scenario, expected, 0, default, standby: false);
        Assert.InRange(calls, 10, 300);
        foreach (var fault in _faults)
        {
            for (var call = 1; call <= calls; call++)
            {
                Run(scenario, expected, call, fault, standby: false);
                Run(scenario, expected, call, fault, standby: true);
            }
        }
    }

    private static int Run(string scenario, string expected, int call, Fault fault, bool standby)
    {
        var world = new SimWorld(call);
        var storage = new FakeStorage(world);
        var open = new List<(SimHub Sim, TaskHub Hub, Task<string?> Ended)>();
        for (var life = 0; life < 8;)
        {
            for (; open.Count < (standby ? 2 : 1); life++)
            {
                var sim = new SimHub(world, storage, $"process-{life}");
                if (life == 0 && call > 0)
                {
                    sim.Transport.Faults = (number, _) => number == call ? fault : default;
                }

                var hub = Open(world, sim);
                open.Add((sim, hub, sim.Process.Start(() => LiveAsync(hub, scenario))));
            }

            world.Run(Task.WhenAny(open.SelectMany(process => (Task[])[process.Ended, process.Sim.Process.Dead, process.Hub.Failed])));
            if (open.Find(process => process.Ended.IsCompletedSuccessfully) is { Ended: { } ended } done)
            {
                Assert.True(expected == ended.Result, $"{scenario}, call {call}, {fault}, standby {standby}: {ended.Result}");
                Assert.Empty(storage.Violations);
                return done.Sim.Transport.Calls;
            }

            foreach (var dead in open.FindAll(process => process.Ended.IsCompleted || !process.Sim.Process.IsAlive || process.Hub.Failed.IsCompleted))
            {
                dead.Sim.Process.Kill();
                open.Remove(dead);
            }
        }

        throw new InvalidOperationException($"{scenario}, call {call}, {fault}, standby {standby}: not done after eight processes.");
    }

    private static TaskHub Open(SimWorld world, SimHub sim) => new(new HubEnvironment
    {
        Store = sim.Store,
        Ownership = sim.Hub.Ownership,
        Catalog = CrashTests.Tasks,
        Loggers = NullLoggerFactory.Instance,
        Options = new EngineOptions { OwnershipWait = TimeSpan.FromHours(1) },
        Time = sim.Process,
        Begin = sim.Process.Start,
        NewId = () => new Guid(world.Random.Next(), 0, 0, new byte[8]),
    });

    private static async Task<string?> LiveAsync(TaskHub hub, string scenario)
    {
        await hub.OpenAsync(CancellationToken.None);
        var client = new HubClient(hub);
        if (await client.GetInstanceAsync("i") is null)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(scenario, new StartOrchestrationOptions("i"));
        }

        return (await client.WaitForInstanceCompletionAsync("i", getInputsAndOutputs: true)).SerializedOutput;
    }
}
