using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Secrets.Protection;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Servers;

/// <summary>Servers in a table, a row each: the key is encrypted, for this server alone. What a server said of itself has a row of its own.</summary>
public sealed class ServerTable(BrokerStorage storage, SecretBox box) : IServerStore
{
    private const string Servers = "server";
    private const string Healths = "health";
    private const string Column = "Json";
    private const string LoginColumn = "Login";

    public async Task<IReadOnlyList<KnownServer>> ListAsync(CancellationToken cancellation)
    {
        List<BuildServer> servers = [];
        Dictionary<string, ServerHealth> healths = [];
        await foreach (var row in storage.Servers.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey", Column], cancellationToken: cancellation))
        {
            if (row.PartitionKey == Servers)
            {
                servers.Add(Read(row));
            }
            else
            {
                healths[row.RowKey] = ReadHealth(row);
            }
        }

        return [.. servers.OrderBy(server => server.Name, StringComparer.Ordinal).Select(server => new KnownServer(server, healths.GetValueOrDefault(server.Name)))];
    }

    public async Task<KnownServer?> FindAsync(string name, CancellationToken cancellation) =>
        await RowAsync(Servers, name, cancellation) is { } row
            ? new(Read(row), await RowAsync(Healths, name, cancellation) is { } health ? ReadHealth(health) : null)
            : null;

    public async Task<SshLogin?> LoginAsync(string name, CancellationToken cancellation) => await RowAsync(Servers, name, cancellation) is { } row
        ? JsonSerializer.Deserialize(box.Open(PlaceOf(Read(row).Id), row.GetBinary(LoginColumn)), ServersJson.Default.SshLogin)
        : null;

    public async Task<bool> AddAsync(BuildServer server, SshLogin login, CancellationToken cancellation)
    {
        var row = RowOf(server);
        row[LoginColumn] = box.Close(PlaceOf(server.Id), JsonSerializer.Serialize(login, ServersJson.Default.SshLogin));
        try
        {
            await storage.Servers.AddEntityAsync(row, cancellation);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return false;
        }
    }

    public async Task<BuildServer?> ChangeAsync(string name, Func<BuildServer, BuildServer> change, CancellationToken cancellation)
    {
        while (await RowAsync(Servers, name, cancellation) is { } before)
        {
            var changed = change(Read(before));
            try
            {
                await storage.Servers.UpdateEntityAsync(RowOf(changed), before.ETag, TableUpdateMode.Merge, cancellation);
                return changed;
            }
            catch (RequestFailedException moved) when (moved.Status is 404 or 412)
            {
                // Somebody else has changed it since it was read.
            }
        }

        return null;
    }

    public async Task NoteAsync(string name, ServerHealth health, CancellationToken cancellation) => await storage.Servers.UpsertEntityAsync(
        new TableEntity(Healths, name) { [Column] = JsonSerializer.Serialize(health, ServersJson.Default.ServerHealth) }, TableUpdateMode.Replace, cancellation);

    public async Task<bool> RemoveAsync(string name, CancellationToken cancellation)
    {
        var there = await RowAsync(Servers, name, cancellation) is not null;
        await storage.Servers.DeleteEntityAsync(Servers, name, cancellationToken: cancellation);
        await storage.Servers.DeleteEntityAsync(Healths, name, cancellationToken: cancellation);
        return there;
    }

    private static string PlaceOf(ServerId id) => $"servers/{id}";

    private static TableEntity RowOf(BuildServer server) => new(Servers, server.Name) { [Column] = JsonSerializer.Serialize(server, ServersJson.Default.BuildServer) };

    private static BuildServer Read(TableEntity row) => JsonSerializer.Deserialize(row.GetString(Column), ServersJson.Default.BuildServer)!;

    private static ServerHealth ReadHealth(TableEntity row) => JsonSerializer.Deserialize(row.GetString(Column), ServersJson.Default.ServerHealth)!;

    private async Task<TableEntity?> RowAsync(string kind, string name, CancellationToken cancellation)
    {
        if (!ServerName.IsValid(name))
        {
            return null;
        }

        var answer = await storage.Servers.GetEntityIfExistsAsync<TableEntity>(kind, name, cancellationToken: cancellation);
        return answer.HasValue ? answer.Value : null;
    }
}
