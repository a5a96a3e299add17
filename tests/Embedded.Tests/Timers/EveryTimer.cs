using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Timers;

public sealed class EveryTimer(TimerRuns runs)
{
    [Function("Every")]
    public Task Run([TimerTrigger("%EveryHowLong%", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellation) =>
        runs.RunAsync(timer, cancellation);
}
