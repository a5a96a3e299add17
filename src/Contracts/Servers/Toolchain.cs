namespace BuildFunctions.Contracts.Servers;

/// <summary>A compiler or tool that a build server has.</summary>
public sealed record Toolchain(string Name, string Version);
