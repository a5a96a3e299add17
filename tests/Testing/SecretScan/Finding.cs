namespace BuildFunctions.Testing.SecretScan;

/// <summary>A secret in a place where none may be. The value itself is not repeated.</summary>
public sealed record Finding(string Canary, string Spelling, string Place);
