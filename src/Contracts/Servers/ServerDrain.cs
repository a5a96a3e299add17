namespace BuildFunctions.Contracts.Servers;

/// <summary>The body of <c>POST /api/servers/{name}/drain</c>.</summary>
public sealed record ServerDrain(string? Reason = null);
