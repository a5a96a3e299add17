using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Reconciliation.Watching;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Reconciliation;

public sealed class WatchPolicyTests
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);

    [Theory]
    [InlineData(BuildStatus.Success, InstanceState.Ended, WatchVerdict.Close)]
    [InlineData(BuildStatus.Running, InstanceState.Missing, WatchVerdict.Start)]
    [InlineData(BuildStatus.Running, InstanceState.Ended, WatchVerdict.End)]
    [InlineData(BuildStatus.Running, InstanceState.Alive, WatchVerdict.Leave)]
    [InlineData(BuildStatus.Running, InstanceState.Suspended, WatchVerdict.Leave)]
    public void A_build_is_judged_by_its_record_and_its_orchestration(BuildStatus status, InstanceState instance, WatchVerdict verdict) =>
        Assert.Equal(verdict, Decide(BuildPhase.Building, instance, behind: -1, unchanged: 0, status));

    [Theory]
    [InlineData(4, 60, InstanceState.Alive, WatchVerdict.Leave)]
    [InlineData(6, 60, InstanceState.Alive, WatchVerdict.Nudge)]
    [InlineData(6, 0, InstanceState.Suspended, WatchVerdict.Resume)]
    [InlineData(16, 60, InstanceState.Alive, WatchVerdict.Stop)]
    [InlineData(5000, 14, InstanceState.Alive, WatchVerdict.Nudge)] // the broker was down for days and has looked for minutes
    public void A_build_that_does_not_move_is_told_and_then_ended(int behind, int unchanged, InstanceState instance, WatchVerdict verdict)
    {
        foreach (var phase in Enum.GetValues<BuildPhase>().Except(verdict == WatchVerdict.Leave ? [BuildPhase.Cancelling] : []))
        {
            Assert.Equal(verdict, Decide(phase, instance, behind, unchanged));
        }
    }

    [Fact]
    public void A_source_that_is_there_is_told_of() =>
        Assert.Equal(WatchVerdict.TellSource, Decide(BuildPhase.AwaitingSource, InstanceState.Alive, behind: -1, unchanged: 0, source: true));

    [Fact]
    public void A_cancel_that_nothing_came_of_is_told_again()
    {
        var aMinuteOn = (int)-WatchPolicy.Longest(BuildPhase.Cancelling, new()).TotalMinutes + 2;
        Assert.Equal(WatchVerdict.TellCancel, Decide(BuildPhase.Cancelling, InstanceState.Alive, aMinuteOn, unchanged: 0));
        Assert.Equal(WatchVerdict.Leave, Decide(BuildPhase.Cancelling, InstanceState.Alive, aMinuteOn - 2, unchanged: 0));
    }

    /// <param name="behind">Minutes past the longest time of the phase.</param>
    /// <param name="unchanged">Minutes in which this process has seen no change.</param>
    private static WatchVerdict Decide(
        BuildPhase phase, InstanceState instance, int behind, int unchanged, BuildStatus status = BuildStatus.Running, bool source = false)
    {
        var app = AppName.TryParse("app", out var name) ? name : default;
        var id = BuildId.Create(_now, new byte[10]);
        var order = new BuildOrder { Id = id, App = app, Request = new BuildRequest { App = "app" }, Providers = ["a"], Deadlines = new(), CreatedAt = _now };
        var build = new Build { Id = id, App = app, Status = status, Phase = phase, CreatedAt = _now };
        var stored = new AcceptedBuild(order, build) { ChangedAt = _now - WatchPolicy.Longest(phase, order.Deadlines) - TimeSpan.FromMinutes(behind) };
        return WatchPolicy.Decide(new WatchedBuild(stored, instance, source, TimeSpan.FromMinutes(unchanged)), _now);
    }
}
