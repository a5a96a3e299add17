using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Sources;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Source;

/// <summary>Brings the source of a build from its repository into the source store.</summary>
public sealed class CloneSourceActivity(GitSourceIntake git)
{
    [Function(nameof(CloneSourceActivity))]
    public Task<ReceivedSource?> RunAsync([ActivityTrigger] BuildOrder order, CancellationToken cancellation) => git.TakeAsync(order, cancellation);
}
