namespace BuildFunctions.Contracts.Apps;

public sealed record DeploymentPage(IReadOnlyList<Deployment> Items, string? Cursor = null);
