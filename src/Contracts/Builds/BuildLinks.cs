namespace BuildFunctions.Contracts.Builds;

public sealed record BuildLinks(string Self, string Logs, string Timeline, string Artifact, string Cancel);
