using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Contracts.Ids;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Source;

/// <summary>Brings the source of a build from its repository into the source store.</summary>
public sealed class CloneSourceActivity(GitSourceIntake git)
{
    [Function(nameof(CloneSourceActivity))]
    public Task<ReceivedSource?> RunAsync([ActivityTrigger] BuildId build, CancellationToken cancellation) => git.TakeAsync(build, cancellation);
}
