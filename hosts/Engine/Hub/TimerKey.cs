namespace BuildFunctions.Engine.Hub;

/// <summary>Which timer of which execution.</summary>
internal readonly record struct TimerKey(string InstanceId, int Generation, int TaskId)
{
    /// <summary>The start of an instance that was scheduled for later.</summary>
    public static TimerKey StartOf(string instanceId, int generation) => new(instanceId, generation, -1);
}
