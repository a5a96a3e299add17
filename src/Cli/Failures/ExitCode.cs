namespace BuildFunctions.Cli.Failures;

/// <summary>What <c>bf</c> ends with; scripts decide by it, so a number never changes its meaning.</summary>
internal enum ExitCode
{
    Ok = 0,
    BuildFailed = 1,
    Usage = 2,
    Refused = 3,
    NotFound = 4,
    NotAllowed = 5,
    Unreachable = 6,
    TimedOut = 7,
    BuildStopped = 8,
    Unexpected = 70,
    Interrupted = 130,
}
