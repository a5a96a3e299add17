using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Servers;

/// <summary>The shared connection to a server.</summary>
public sealed class ServerConnector(IServerStore servers, SshConnections connections)
{
    internal async Task<(KnownServer Known, SshConnection Connection)> FindAsync(string name, CancellationToken cancellation)
    {
        if (await servers.FindAsync(name, cancellation) is not { } known || await servers.LoginAsync(name, cancellation) is not { } login)
        {
            throw new RejectedException(ErrorCode.NotFound, $"There is no build server '{name}' any more.");
        }

        return (known, connections.Of(known.Server.Id, new(known.Server.Address, login, known.Server.HostKey)));
    }
}
