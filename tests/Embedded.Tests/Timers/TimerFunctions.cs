using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Timers;

public sealed class TimerFunctions
{
    public sealed class Cron(TimerRuns runs)
    {
        [Function("Cron")]
        public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) => runs.RunAsync(timer, cancellation);
    }

    public sealed class Every(TimerRuns runs)
    {
        [Function("Every")]
        public Task Run([TimerTrigger("%EveryHowLong%", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellation) =>
            runs.RunAsync(timer, cancellation);
    }

    public sealed class Unmonitored(TimerRuns runs)
    {
        [Function("Unmonitored")]
        public Task Run([TimerTrigger("0 */5 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellation) =>
            runs.RunAsync(timer, cancellation);
    }

    public sealed class Failing(TimerRuns runs)
    {
        [Function("Failing")]
        public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation)
        {
            await runs.RunAsync(timer, cancellation);
            throw new InvalidOperationException("as it does each time");
        }
    }
}
