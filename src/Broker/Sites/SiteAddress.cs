using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Sites;

/// <param name="Deployment">Null for what is live.</param>
public readonly record struct SiteAddress(AppName App, DeploymentId? Deployment);
