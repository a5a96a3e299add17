using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Reconciliation.Watching;

/// <summary>Whether a build moves as it should, seen from outside its orchestration.</summary>
public static class WatchPolicy
{
    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _step = TimeSpan.FromMinutes(20);

    /// <summary>A build that hears a cancel asks its run to stop within seconds, and writes that down.</summary>
    private static readonly TimeSpan _heard = TimeSpan.FromMinutes(1);

    /// <summary>The least time that this process must itself have seen no change before it ends a build.</summary>
    private static readonly TimeSpan _watched = TimeSpan.FromMinutes(15);

    public static WatchVerdict Decide(WatchedBuild watched, DateTimeOffset now)
    {
        var (build, order) = (watched.Stored.Build, watched.Stored.Order);
        var behind = now - watched.Stored.ChangedAt - Longest(build.Phase, order.Deadlines);
        return watched switch
        {
            _ when build.Status.IsFinal() => WatchVerdict.Close,
            { Instance: InstanceState.Missing } => WatchVerdict.Start,
            { Instance: InstanceState.Ended } => WatchVerdict.End,
            { HasSource: true } when build.Phase == BuildPhase.AwaitingSource && order.Request.Source != SourceKind.Git => WatchVerdict.TellSource,
            _ when behind < _margin => build.Phase == BuildPhase.Cancelling && now - watched.Stored.ChangedAt > _heard ? WatchVerdict.TellCancel : WatchVerdict.Leave,
            { Instance: InstanceState.Suspended } => WatchVerdict.Resume,
            _ when behind < 3 * _margin || watched.Unchanged < _watched => WatchVerdict.Nudge,
            _ => WatchVerdict.Stop,
        };
    }

    /// <summary>The longest that a healthy build's record stays as it is in a phase.</summary>
    public static TimeSpan Longest(BuildPhase phase, BuildDeadlines deadlines) => phase switch
    {
        BuildPhase.AwaitingSource => deadlines.Source,
        BuildPhase.Queued => deadlines.Queue,
        BuildPhase.Building => deadlines.Run + deadlines.Cancel + deadlines.CancelConfirmed + deadlines.Run,
        BuildPhase.Cancelling => deadlines.Cancel + deadlines.CancelConfirmed + deadlines.Run,
        _ => _step,
    };
}
