using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Timers;

public sealed class CronTimer(TimerRuns runs)
{
    [Function("Cron")]
    public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) => runs.RunAsync(timer, cancellation);
}
