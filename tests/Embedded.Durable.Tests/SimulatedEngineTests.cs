using BuildFunctions.Embedded.Durable.Hub;
using BuildFunctions.Embedded.Durable.Tests.Harness;
using BuildFunctions.Embedded.Durable.Tests.Storage.Simulation;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Embedded.Durable.Tests;

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
        var calls = Run(scenario, expected, 0, default);
        Assert.InRange(calls, 10, 300);
        foreach (var fault in _faults)
        {
            for (var call = 1; call <= calls; call++)
            {
                Run(scenario, expected, call, fault);
            }
        }
    }

    private static int Run(string scenario, string expected, int call, Fault fault)
    {
        var world = new SimWorld(call);
        var storage = new FakeStorage(world);
        for (var life = 0; life < 6; life++)
        {
            var sim = new SimHub(world, storage, $"process-{life}");
            if (life == 0 && call > 0)
            {
                sim.Transport.Faults = (number, _) => number == call ? fault : default;
            }

            var hub = new TaskHub(new HubEnvironment
            {
                Store = sim.Store,
                Ownership = sim.Hub.Ownership,
                Catalog = CrashTests.Tasks,
                Loggers = NullLoggerFactory.Instance,
                Time = sim.Process,
                Begin = work => sim.Process.Start(async () =>
                {
                    await work();
                    return true;
                }),
                NewId = () => new Guid(world.Random.Next(), 0, 0, new byte[8]),
            });
            var ended = sim.Process.Start(() => LiveAsync(hub, scenario));
            world.Run(Task.WhenAny(ended, sim.Process.Dead, hub.Failed));
            if (ended.IsCompletedSuccessfully)
            {
                Assert.True(expected == ended.Result, $"{scenario}, call {call}, {fault}: {ended.Result}");
                Assert.Empty(storage.Violations);
                return sim.Transport.Calls;
            }

            sim.Process.Kill();
        }

        throw new InvalidOperationException($"{scenario}, call {call}, {fault}: not done after six processes.");
    }

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
