namespace BuildFunctions.Broker.Deployments;

/// <summary>How long deployments are kept.</summary>
public sealed class DeploymentOptions
{
    /// <summary>How long a preview can be opened. Default 14 days.</summary>
    public TimeSpan PreviewLifetime { get; set; } = TimeSpan.FromDays(14);
}
