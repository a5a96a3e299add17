using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Servers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Servers;

/// <summary>Asks servers how they are and writes it down. One that fails is rested, the longer the oftener it does.</summary>
public sealed partial class ServerWatch(
    IServerStore servers, ServerConnector connector, IOptions<ServerOptions> options, TimeProvider clock, ILogger<ServerWatch> logger)
{
    /// <returns>Whether some server takes builds now that did not before.</returns>
    public async Task<bool> LookAtAllAsync(CancellationToken cancellation)
    {
        var known = await servers.ListAsync(cancellation);
        return (await Task.WhenAll(known.Where(IsDue).Select(one => ComesBackAsync(one, cancellation)))).Contains(true);
    }

    /// <summary>Asks at once, also one that rests.</summary>
    public async Task<ServerHealth?> LookAsync(string name, CancellationToken cancellation) =>
        await servers.FindAsync(name, cancellation) is { } known ? await LookAsync(known, wake: true, cancellation) : null;

    /// <summary>A build found the server in trouble: it is rested without being asked.</summary>
    public async Task RestAsync(string name, string reason, CancellationToken cancellation)
    {
        if (await servers.FindAsync(name, cancellation) is { } known)
        {
            await servers.NoteAsync(name, Failed(known.Health, reason) with { Reachable = known.Health?.Reachable ?? false }, cancellation);
        }
    }

    private async Task<bool> ComesBackAsync(KnownServer known, CancellationToken cancellation)
    {
        try
        {
            return await LookAsync(known, wake: false, cancellation) is { Reachable: true, Reason: null } && known.Health is not { Reachable: true, Reason: null };
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // One server of which nothing can be written down must not hide the others.
            NotLookedAt(logger, known.Server.Name, fault);
            return false;
        }
    }

    private bool IsDue(KnownServer known) => known.Health?.RestsUntil is not { } until || until <= clock.GetUtcNow();

    private async Task<ServerHealth> LookAsync(KnownServer known, bool wake, CancellationToken cancellation)
    {
        var health = await TryAskAsync(known, wake, cancellation);
        await servers.NoteAsync(known.Server.Name, health, cancellation);
        return health;
    }

    private async Task<ServerHealth> TryAskAsync(KnownServer known, bool wake, CancellationToken cancellation)
    {
        try
        {
            var (asked, connection) = await connector.FindAsync(known.Server.Name, cancellation);
            if (wake)
            {
                connection.Wake();
            }

            var health = await ServerProbe.AskAsync(connection, asked.Server.WorkspaceRoot, clock, cancellation);
            return health.Reason is { } reason ? Failed(health, reason) with { Reachable = true, SeenAt = health.SeenAt } : health;
        }
        catch (SshTroubleException trouble)
        {
            return Failed(known.Health, trouble.Message);
        }
        catch (RejectedException removed)
        {
            return Failed(known.Health, removed.Message);
        }
    }

    private ServerHealth Failed(ServerHealth? before, string reason)
    {
        var failures = (before?.Failures ?? 0) + 1;
        var rest = options.Value.FirstRest * Math.Pow(2, Math.Min(failures - 1, 16));
        var now = clock.GetUtcNow();
        return (before ?? new()) with
        {
            At = now,
            Reachable = false,
            Reason = reason,
            Failures = failures,
            RestsUntil = now + (rest < options.Value.LongestRest ? rest : options.Value.LongestRest),
        };
    }

    [LoggerMessage(1, LogLevel.Error, "Build server {Server} could not be looked at")]
    private static partial void NotLookedAt(ILogger logger, string server, Exception fault);
}
