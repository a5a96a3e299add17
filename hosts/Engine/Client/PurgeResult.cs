namespace Microsoft.DurableTask.Client;

/// <summary>How many instances were purged, and whether that was all of them.</summary>
public class PurgeResult(int count, bool? isComplete)
{
    public PurgeResult(int count) : this(count, null) { }

    public int PurgedInstanceCount { get; } = count;

    public bool? IsComplete { get; } = isComplete;
}
