using BuildFunctions.Broker.Builds;

namespace BuildFunctions.Activities.Plan;

/// <summary>What a build will do, or why it cannot know that yet.</summary>
public sealed record PlannedBuild
{
    /// <summary>Null while there is no source, and for a build that was cancelled.</summary>
    public PlanOutline? Plan { get; init; }

    /// <summary>The release of an earlier build of the same inputs.</summary>
    public BuiltRelease? Cached { get; init; }

    /// <summary>Why the build was cancelled before it began.</summary>
    public string? Cancelled { get; init; }
}
