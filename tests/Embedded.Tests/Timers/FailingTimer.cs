using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Timers;

public sealed class FailingTimer(TimerRuns runs)
{
    [Function("FailingTimer")]
    public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await runs.RunAsync(timer, cancellation);
        throw new InvalidOperationException("as it does each time");
    }
}
