namespace BuildFunctions.Contracts.Limits;

/// <summary>The body of <c>PUT /api/limits/{name}</c>.</summary>
public sealed record LimitUpdate(string? Value);
