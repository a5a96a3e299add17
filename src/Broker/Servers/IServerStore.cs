using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Servers;

/// <summary>The build servers, by name.</summary>
public interface IServerStore
{
    Task<IReadOnlyList<KnownServer>> ListAsync(CancellationToken cancellation);

    Task<KnownServer?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>Opens the key of a server.</summary>
    Task<SshLogin?> LoginAsync(string name, CancellationToken cancellation);

    /// <returns>False where the name is taken.</returns>
    Task<bool> AddAsync(BuildServer server, SshLogin login, CancellationToken cancellation);

    /// <returns>The server as it is now; null where there is none of that name.</returns>
    Task<BuildServer?> ChangeAsync(string name, Func<BuildServer, BuildServer> change, CancellationToken cancellation);

    Task NoteAsync(string name, ServerHealth health, CancellationToken cancellation);

    /// <returns>False where there is none of that name.</returns>
    Task<bool> RemoveAsync(string name, CancellationToken cancellation);
}
