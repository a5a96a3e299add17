using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Following;

/// <summary>A build's duration begins when it starts; before that it waits for its source and for a slot, which people wait for too.</summary>
internal static class BuildTimes
{
    /// <summary>Null while it waits.</summary>
    public static TimeSpan? Waited(this Build build) => (build.StartedAt ?? build.FinishedAt) - build.CreatedAt;
}
