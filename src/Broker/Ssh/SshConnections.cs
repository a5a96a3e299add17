using System.Collections.Concurrent;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Ssh;

/// <summary>One connection for each server, made anew when the server's address, key or host key has changed.</summary>
public sealed class SshConnections(SshOptions options, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<ServerId, SshConnection> _open = new();

    /// <summary>The host key that a machine shows. Nobody logs in.</summary>
    public Task<ShownHostKey> LookAsync(SshAddress address, CancellationToken cancellation) => SshLine.LookAsync(address, options, cancellation);

    public void Close(ServerId server)
    {
        if (_open.TryRemove(server, out var connection))
        {
            connection.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var server in _open.Keys)
        {
            Close(server);
        }
    }

    internal SshConnection Of(ServerId server, SshTarget target)
    {
        while (true)
        {
            var connection = _open.GetOrAdd(server, _ => new SshConnection(target, options, clock));
            if (connection.Target == target)
            {
                return connection;
            }

            if (_open.TryRemove(new KeyValuePair<ServerId, SshConnection>(server, connection)))
            {
                connection.Dispose();
            }
        }
    }
}
