using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

internal static class SwitchRule
{
    /// <returns>Null when the pointer is to be written.</returns>
    public static SwitchOutcome? Decide(LivePointer? current, DeploymentId deployment, DeploySequence sequence) =>
        current is null || current.Sequence.CompareTo(sequence) < 0 ? null
        : current.Sequence == sequence && current.Deployment == deployment ? SwitchOutcome.AlreadyLive
        : SwitchOutcome.Superseded;

    public static LivePointer Next(LivePointer? current, DeploymentRecord deployment, DeploySequence sequence, SwitchReason reason, DateTimeOffset now) => new()
    {
        App = deployment.App,
        Deployment = deployment.Id,
        Release = deployment.Release,
        SinglePage = deployment.SinglePage,
        Sequence = sequence,
        Build = deployment.Build,
        Origin = deployment.Origin,
        Previous = Previous(current, deployment.Id, reason),
        SwitchedAt = now,
    };

    // A rollback goes back along the list, so that the next one goes back further instead of forward again.
    private static DeploymentId[] Previous(LivePointer? current, DeploymentId next, SwitchReason reason) =>
        current is null ? []
        : reason == SwitchReason.Rollback ? [.. current.Previous.SkipWhile(id => id != next).Skip(1)]
        : current.Deployment == next ? [.. current.Previous]
        : [.. current.Previous.Where(id => id != next).Prepend(current.Deployment).Take(LivePointer.MaxPrevious)];
}
