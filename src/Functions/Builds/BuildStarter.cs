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
        if (await client.GetInstanceAsync(id, cancellation) is null)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(BuildOrchestration), order, new StartOrchestrationOptions(id), cancellation);
        }
    }
}
