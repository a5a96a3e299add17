namespace BuildFunctions.Broker.Reconciliation.Watching;

/// <summary>What the watchdog does about a build.</summary>
public enum WatchVerdict
{
    Leave,

    /// <summary>It has ended and still stands in the list of open builds.</summary>
    Close,

    /// <summary>It was accepted and never started.</summary>
    Start,

    /// <summary>Its orchestration is gone and has written no result.</summary>
    End,

    /// <summary>Its source is there and it was never told.</summary>
    TellSource,

    /// <summary>It was cancelled and does nothing about it.</summary>
    TellCancel,

    /// <summary>It is behind its time: look again.</summary>
    Nudge,

    /// <summary>Somebody has suspended its orchestration.</summary>
    Resume,

    /// <summary>It was nudged and does not move.</summary>
    Stop,
}
