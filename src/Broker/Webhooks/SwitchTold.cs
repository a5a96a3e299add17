using BuildFunctions.Broker.Deployments;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>A promotion or a rollback as it is told. It says the same whoever tells it, the request that made it or the watchdog after a kill.</summary>
public sealed record SwitchTold(AppName App, DeploySequence Sequence, DeploymentId Deployment, BuildId? Build, DateTimeOffset At, bool IsBack)
{
    public static SwitchTold Of(LivePointer live, bool isBack) => new(live.App, live.Sequence, live.Deployment, live.Build, live.SwitchedAt, isBack);

    public static SwitchTold Of(AppName app, LiveSwitch line) => new(app, line.Sequence, line.Deployment, line.Build, line.At, line.Request is { IsBack: true });
}
