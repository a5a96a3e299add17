namespace BuildFunctions.Contracts.Providers;

/// <summary>A host of repositories that the broker has a token for; the token is never shown.</summary>
public sealed record GitHost(string Host, DateTimeOffset UpdatedAt);
