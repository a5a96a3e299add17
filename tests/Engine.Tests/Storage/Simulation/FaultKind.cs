namespace BuildFunctions.Engine.Tests.Storage.Simulation;

/// <summary>What can happen to one storage call.</summary>
internal enum FaultKind
{
    None,

    /// <summary>An error, and nothing was applied.</summary>
    FailBefore,

    /// <summary>Applied, and an error all the same.</summary>
    FailAfter,

    /// <summary>Never arrives, never answered.</summary>
    Lost,

    /// <summary>Takes seconds, then succeeds.</summary>
    Slow,

    /// <summary>Applied after the caller has given up.</summary>
    Late,

    /// <summary>Arrives twice; the first answer is given.</summary>
    Twice,

    /// <summary>The process dies before the call arrives.</summary>
    CrashBefore,

    /// <summary>The process dies before the answer arrives.</summary>
    CrashAfter,

    /// <summary>The process dies, and the call arrives while the next owner works.</summary>
    CrashLate,

    /// <summary>Storage was restarted with older data.</summary>
    TimeTravel,
}
