namespace BuildFunctions.Cli.Runs;

internal sealed record FollowChoice(bool Follow, bool CancelOnInterrupt, bool Open);
