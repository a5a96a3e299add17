using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>One line of an app's deployment history, written in the same transaction as the pointer.</summary>
public sealed record LiveSwitch(DeploySequence Sequence, DeploymentId Deployment, SwitchReason Reason, BuildId? Build, DateTimeOffset At)
{
    /// <summary>What the request that asked for it is known by when it comes again.</summary>
    public SwitchKey? Key { get; init; }
}
