namespace BuildFunctions.Contracts.Apps;

/// <summary>The body of <c>PUT /api/apps/{app}/env/{name}</c>.</summary>
public sealed record AppVariableUpdate(string? Value);
