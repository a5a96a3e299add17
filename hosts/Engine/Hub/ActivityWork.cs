using BuildFunctions.Engine.History;

namespace BuildFunctions.Engine.Hub;

/// <summary>An activity to run for one execution of an instance.</summary>
internal sealed record ActivityWork(LiveInstance Instance, int Generation, HistoryEvent.ActivityScheduled Scheduled, int Crashes)
{
    public bool IsSuspect => Crashes >= 2;
}
