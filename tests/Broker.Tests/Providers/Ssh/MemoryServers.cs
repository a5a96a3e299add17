using System.Collections.Concurrent;
using BuildFunctions.Broker.Servers;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Tests.Providers.Ssh;

/// <summary>Servers that are kept nowhere.</summary>
internal sealed class MemoryServers : IServerStore
{
    private readonly ConcurrentDictionary<string, (BuildServer Server, SshLogin Login)> _servers = new();
    private readonly ConcurrentDictionary<string, ServerHealth> _healths = new();

    public Task<IReadOnlyList<KnownServer>> ListAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<KnownServer>>([.. _servers.Values.Select(pair => new KnownServer(pair.Server, _healths.GetValueOrDefault(pair.Server.Name)))]);

    public Task<KnownServer?> FindAsync(string name, CancellationToken cancellation) =>
        Task.FromResult(_servers.TryGetValue(name, out var pair) ? new KnownServer(pair.Server, _healths.GetValueOrDefault(name)) : null);

    public Task<SshLogin?> LoginAsync(string name, CancellationToken cancellation) => Task.FromResult(_servers.GetValueOrDefault(name).Login)!;

    public Task<bool> AddAsync(BuildServer server, SshLogin login, CancellationToken cancellation) => Task.FromResult(_servers.TryAdd(server.Name, (server, login)));

    public Task<BuildServer?> ChangeAsync(string name, Func<BuildServer, BuildServer> change, CancellationToken cancellation)
    {
        var (server, login) = _servers[name];
        _servers[name] = (change(server), login);
        return Task.FromResult<BuildServer?>(_servers[name].Server);
    }

    public Task NoteAsync(string name, ServerHealth health, CancellationToken cancellation)
    {
        _healths[name] = health;
        return Task.CompletedTask;
    }

    public Task<bool> RemoveAsync(string name, CancellationToken cancellation) => Task.FromResult(_servers.TryRemove(name, out _));
}
