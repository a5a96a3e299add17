using BuildFunctions.Broker.Outcome;
using BuildFunctions.Contracts.Apps;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Release;

/// <summary>Makes the release a deployment and, for production, what is live: the commit point of the build.</summary>
public sealed class DeployActivity(BuildDeployer deployer)
{
    [Function(nameof(DeployActivity))]
    public Task<Deployment> RunAsync([ActivityTrigger] DeployInput input, CancellationToken cancellation) =>
        deployer.DeployAsync(input.Build, input.SinglePage, input.Release, cancellation);
}
