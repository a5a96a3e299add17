using System.Collections.Concurrent;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Functions.Callers;

/// <summary>Whose build it is. That never changes, so it is read once.</summary>
internal sealed class BuildApps(BuildStore store)
{
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<BuildId, AppName> _apps = new();

    public void Remember(BuildId build, AppName app)
    {
        if (_apps.Count >= Most)
        {
            _apps.Clear();
        }

        _apps[build] = app;
    }

    public async ValueTask<AppName?> FindAsync(BuildId build, CancellationToken cancellation)
    {
        if (_apps.TryGetValue(build, out var known))
        {
            return known;
        }

        if (await store.FindAsync(build, cancellation) is not { } found)
        {
            return null;
        }

        Remember(build, found.App);
        return found.App;
    }
}
