using System.Text;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Servers;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Errors;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>The servers as the provider uses them: their trouble becomes the provider's.</summary>
internal sealed class SshServers(IServerStore servers, ServerConnector connector, IOptions<ServerOptions> options, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    public long CacheBytes => options.Value.CacheBytes;

    public async Task<ProviderHealth> CheckAsync(CancellationToken cancellation)
    {
        var known = await servers.ListAsync(cancellation);
        return known.Any(one => !one.Server.Drained && one.Health is { Reachable: true, Reason: null }) ? new(true)
            : new(false, known.Count == 0
                ? "There is no build server. Add one with: bf servers add NAME --host HOST --user USER --key FILE"
                : "No build server takes builds now; 'bf servers list' shows why.");
    }

    public async Task<bool> IsKnownAsync(string server, CancellationToken cancellation) => await servers.FindAsync(server, cancellation) is not null;

    /// <summary>Why nothing that ran there will ever be heard of again; null while there is hope.</summary>
    public async Task<string?> WhyGoneAsync(string server, CancellationToken cancellation) => await servers.FindAsync(server, cancellation) switch
    {
        null => $"The server '{server}' was removed.",
        { Health: { Reachable: false, SeenAt: { } seen } } when IsVanished(seen) => $"The server '{server}' has not answered since {seen:u}.",
        _ => null,
    };

    public async Task<AgentAnswer> AskAsync(string server, CancellationToken cancellation, string verb, string[] arguments) =>
        AgentAnswer.Parse((await RunAsync(server, cancellation, verb, arguments)).Output);

    /// <summary>Every server that may have something; one that cannot be asked fails the call, since nobody would know what it has.</summary>
    public async Task<IReadOnlyList<(string Server, string Output)>> AskAllAsync(CancellationToken cancellation, string verb, params string[] arguments)
    {
        var known = (await servers.ListAsync(cancellation)).Where(one => one.Health is not { Reachable: false, SeenAt: { } seen } || !IsVanished(seen));
        return await Task.WhenAll(known.Select(async one =>
            (one.Server.Name, Encoding.UTF8.GetString((await RunAsync(one.Server.Name, cancellation, verb, arguments)).Output.Span))));
    }

    /// <summary>Waits on the server itself. False where that could not be; then the caller waits here.</summary>
    public async Task<bool> TryWaitAsync(SshRunName name, long offset, int turns, CancellationToken cancellation)
    {
        try
        {
            var (known, connection) = await connector.FindAsync(name.Server, cancellation);
            if (!connection.HasRoom)
            {
                return false;
            }

            await new SshAgent(connection, known.Server.WorkspaceRoot).RunAsync(null, cancellation, "await", name.Run.ToString(), $"{offset}", $"{turns}");
            return true;
        }
        catch (Exception trouble) when (trouble is SshTroubleException or SshAgentException or RejectedException)
        {
            // The poll that follows says what it is.
            return false;
        }
    }

    public async Task<Stream> OpenAsync(SshRunName name, string path, long size, string sha256, CancellationToken cancellation)
    {
        var (known, connection) = await connector.FindAsync(name.Server, cancellation);
        return new SshArtifact(connection, $"{known.Server.WorkspaceRoot}/runs/{name.Run}/{path}", size, sha256);
    }

    private bool IsVanished(DateTimeOffset seen) => clock.GetUtcNow() - seen > options.Value.Vanished;

    private async Task<SshAnswer> RunAsync(string name, CancellationToken cancellation, string verb, string[] arguments)
    {
        var (known, connection) = await connector.FindAsync(name, cancellation);
        try
        {
            return await new SshAgent(connection, known.Server.WorkspaceRoot).RunAsync(null, cancellation, verb, arguments);
        }
        catch (Exception trouble) when (trouble is SshTroubleException or SshAgentException)
        {
            throw new TransientException(
                ErrorCode.ProviderUnavailable, $"{name}: {trouble.Message}", (trouble as SshTroubleException)?.RetryAfter, [new FailureField("server", name)], trouble);
        }
    }
}
