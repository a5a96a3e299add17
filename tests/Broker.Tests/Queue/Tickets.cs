using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Queue;

/// <summary>Tickets of builds, each a second younger than the last.</summary>
internal sealed class Tickets
{
    private int _made;

    public Ticket Next(string app = "shop", int priority = 0) =>
        new(BuildId.Create(DateTimeOffset.UnixEpoch.AddSeconds(Interlocked.Increment(ref _made)), new byte[10]), App(app), "local", priority);

    public static AppName App(string name) => AppName.TryParse(name, out var app) ? app : throw new ArgumentException(name);
}
