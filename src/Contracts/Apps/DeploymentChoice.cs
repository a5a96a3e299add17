using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Apps;

/// <summary>The body of <c>promote</c> and <c>rollback</c>; a rollback without one goes to the deployment that was live before.</summary>
public sealed record DeploymentChoice(DeploymentId? Deployment = null);
