namespace BuildFunctions.Broker.Deployments;

/// <summary>Which deployments may go; pure.</summary>
internal static class DeploymentRetention
{
    /// <summary>A preview has a time of its own; what a person keeps has none.</summary>
    public static bool IsOutdated(DeploymentRecord deployment, DateTimeOffset now, TimeSpan retention) =>
        !deployment.Kept && (deployment.ExpiresAt is { } expiry ? expiry < now : now - deployment.CreatedAt > retention);

    public static bool IsNeeded(DeploymentRecord deployment, LivePointer live) => live.Deployment == deployment.Id || live.Previous.Contains(deployment.Id);
}
