using BuildFunctions.Broker.Builds;
using BuildFunctions.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Builds;

internal static class BuildStarter
{
    /// <summary>Starts the build's orchestration unless it was started before: an id is never used twice.</summary>
    public static async Task StartAsync(this DurableTaskClient client, BuildOrder order, CancellationToken cancellation)
    {
        var id = order.Id.ToString();
        var once = new StartOrchestrationOptions(id).WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(BuildOrchestration), BuildBrief.Of(order), once, cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // The watchdog or a repeat of the same request was faster; the runtimes have different exceptions for it.
            if (await client.GetInstanceAsync(id, cancellation) is null)
            {
                throw;
            }
        }
    }
}
