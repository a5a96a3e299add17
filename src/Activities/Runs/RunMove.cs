namespace BuildFunctions.Activities.Runs;

/// <summary>What follows a look at a run: its end, or the time of the next look and whether it is asked or made to stop before that.</summary>
public sealed record RunMove(RunProgress Progress, DateTime Until = default, bool Stop = false, bool Force = false, AttemptOutcome? End = null)
{
    /// <summary>Announcements do not count: the provider is in trouble, and the follower says so each time it fails.</summary>
    public bool Deaf { get; init; }
}
