using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Timers;

public sealed class UnmonitoredTimer(TimerRuns runs)
{
    [Function("Unmonitored")]
    public Task Run([TimerTrigger("0 */5 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellation) =>
        runs.RunAsync(timer, cancellation);
}
