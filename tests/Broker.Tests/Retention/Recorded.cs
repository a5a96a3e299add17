using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Retention;

/// <summary>Builds as they are recorded.</summary>
internal static class Recorded
{
    public static AppName App { get; } = AppName.TryParse("shop", out var app) ? app : throw new InvalidOperationException();

    public static BuildId Id(DateTimeOffset at, int number) => BuildId.Create(at, [.. BitConverter.GetBytes(number), 0, 0, 0, 0, 0, 0]);

    public static BuildOrder Order(BuildId id) =>
        new() { Id = id, App = App, Request = new BuildRequest(), Providers = ["local"], Deadlines = new BuildDeadlines(), CreatedAt = id.CreatedAt };

    public static Build Build(BuildId id) => new() { Id = id, App = App, Status = BuildStatus.Pending, Phase = BuildPhase.Queued, CreatedAt = id.CreatedAt };
}
