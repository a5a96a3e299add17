using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Servers;

/// <summary>The shared connection to a server.</summary>
public sealed class ServerConnector(IServerStore servers, SshConnections connections)
{
    internal async Task<(BuildServer Server, SshConnection Connection)> FindAsync(string name, CancellationToken cancellation)
    {
        if (await servers.FindAsync(name, cancellation) is not { Server: { } server } || await servers.LoginAsync(name, cancellation) is not { } login)
        {
            throw new RejectedException(ErrorCode.NotFound, $"There is no build server '{name}' any more.");
        }

        return (server, connections.Of(server.Id, new(server.Address, login, server.HostKey)));
    }
}
