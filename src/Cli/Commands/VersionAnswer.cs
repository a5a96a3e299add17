namespace BuildFunctions.Cli.Commands;

internal sealed record VersionAnswer(string Version);
