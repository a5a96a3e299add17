namespace BuildFunctions.Contracts.Servers;

/// <summary>What runs containers on a build server: <c>docker</c>, <c>podman</c> or <c>buildah</c>.</summary>
public sealed record ContainerEngine(string Name, string Version);
