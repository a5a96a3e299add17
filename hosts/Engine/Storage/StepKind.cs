namespace BuildFunctions.Engine.Storage;

/// <summary>What a commit does to the rows of its instance. Start and Restart may already be terminal when the first turn finished everything.</summary>
internal enum StepKind
{
    /// <summary>Insert: generation 1, sequence 1. The id is known to be unused.</summary>
    Start,

    /// <summary>Sequence + 1, still live.</summary>
    Turn,

    /// <summary>Sequence + 1, live to terminal.</summary>
    Complete,

    /// <summary>Continue-as-new: generation + 1, sequence 1, live; the old generation's events are garbage.</summary>
    Continue,

    /// <summary>A terminal instance replaced under the same id: generation + 1, sequence 1.</summary>
    Restart,
}
