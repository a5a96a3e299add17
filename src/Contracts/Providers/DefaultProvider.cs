namespace BuildFunctions.Contracts.Providers;

/// <summary>The body of <c>PUT /api/providers/default</c>.</summary>
public sealed record DefaultProvider(string Name);
