namespace BuildFunctions.Contracts.Apps;

/// <summary>A plain environment variable of an app's builds.</summary>
public sealed record AppVariable(string Name, string Value);
