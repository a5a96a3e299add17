namespace BuildFunctions.Engine.Storage;

/// <summary>One atomic step of one instance: the head as it is to be, and the JSON array text of the events the step adds (at most <see cref="MaximumEventsLength"/> units).</summary>
internal sealed record StepCommit(StepKind Kind, InstanceHead Head, string Events, int EventCount)
{
    public const int MaximumEventsLength = 400_000;
}
