using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>One line of an app's deployment history, written in the same transaction as the pointer.</summary>
public sealed record LiveSwitch(DeploySequence Sequence, DeploymentId Deployment, SwitchReason Reason, BuildId? Build, DateTimeOffset At)
{
    /// <summary>Null where nobody asked for it by name: a build's, and a repair.</summary>
    public SwitchRequest? Request { get; init; }
}
