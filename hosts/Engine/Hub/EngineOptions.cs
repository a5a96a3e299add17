namespace BuildFunctions.Engine.Hub;

/// <summary>How the engine behaves. The defaults suit one machine.</summary>
public sealed class EngineOptions
{
    /// <summary>Names the table and containers of this hub.</summary>
    public string HubName { get; set; } = "BuildFunctions";

    /// <summary>Activities that run at once; the rest wait, first come first served in turns between instances.</summary>
    public int MaximumConcurrentActivities { get; set; } = Math.Max(16, 10 * Environment.ProcessorCount);

    /// <summary>Orchestrator turns that run at once.</summary>
    public int MaximumConcurrentTurns { get; set; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>Parked orchestrators kept in memory; others are replayed when something arrives for them.</summary>
    public int CachedOrchestrators { get; set; } = 2_000;

    /// <summary>An orchestrator that does not yield for this long is failed.</summary>
    public TimeSpan BlockedAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// An activity (or orchestrator) that was running when this many processes died is failed instead of run again. A process that was killed from outside
    /// looks the same as one that its work has killed: so many that a row of kills convicts nobody, and few enough that a host with a real culprit recovers.
    /// </summary>
    public int MaximumCrashes { get; set; } = 10;

    /// <summary>Events in one generation; past it the orchestration fails and should have used ContinueAsNew.</summary>
    public int MaximumHistory { get; set; } = 50_000;

    /// <summary>Longest input, output or event, in UTF-16 units.</summary>
    public int MaximumPayload { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long a stop waits for running activities after cancelling them.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client call waits while this process does not own the hub yet; a killed owner is replaced within 22 s.</summary>
    public TimeSpan OwnershipWait { get; set; } = TimeSpan.FromSeconds(30);
}
