using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Chaos.Builds;

/// <summary>What stands in storage, also while no broker runs. All that the campaigns know of its layout is here.</summary>
internal sealed class StorageView(string connection)
{
    private readonly TableServiceClient _tables = new(connection);
    private readonly BlobServiceClient _blobs = new(connection);

    /// <summary>The records of the builds that have not ended.</summary>
    public async Task<List<Build>> OpenBuildsAsync()
    {
        var table = _tables.GetTableClient("bfbuilds");
        List<Build> open = [];
        foreach (var row in await RowsAsync(table, "PartitionKey eq 'open'"))
        {
            var record = await table.GetEntityIfExistsAsync<TableEntity>(row.GetString("Id"), "build");
            if (record.HasValue && JsonSerializer.Deserialize(record.Value!.GetString("Build"), ContractsJson.Default.Build) is { } build && !build.Status.IsFinal())
            {
                open.Add(build);
            }
        }

        return open;
    }

    /// <summary>The ids of all builds that have a record.</summary>
    public async Task<List<string>> BuildsAsync() => [.. (await RowsAsync(_tables.GetTableClient("bfbuilds"), "RowKey eq 'build'")).Select(row => row.PartitionKey)];

    /// <summary>The build that an idempotency key was claimed for, whether it was made or not.</summary>
    public async Task<string?> ClaimAsync(string token, string app, string key)
    {
        var partition = $"key|{Hash($"tok_{Hash(token)[..20]}|{app}|{key}")}";
        var row = await _tables.GetTableClient("bfbuilds").GetEntityIfExistsAsync<TableEntity>(partition, "key");
        return row.HasValue ? row.Value!.GetString("Id") : null;
    }

    /// <summary>What runs or waits in the queue.</summary>
    public async Task<List<string>> SlotsAsync() =>
        [.. (await RowsAsync(_tables.GetTableClient("bfslots"), "RowKey ne '_head'")).Select(row => $"{row.RowKey}, {(row.GetBoolean("Running") == true ? "running" : "waiting")}")];

    /// <summary>The lines of an app's history, the oldest first.</summary>
    public async Task<List<HistoryLine>> HistoryAsync(string app) =>
        [.. (await RowsAsync(_tables.GetTableClient("bfdeployments"), $"PartitionKey eq '{app}' and RowKey ge 'h!' and RowKey lt 'h\"'"))
            .Select(row => new HistoryLine(
                row.GetString("Sequence"), row.GetString("Deployment"), row.GetString("Reason"), row.GetString("Build"), row.GetDateTimeOffset("At") ?? default))
            .OrderBy(line => line.Sequence, StringComparer.Ordinal)];

    /// <summary>The app's pointer as a line of history, without a reason.</summary>
    public async Task<HistoryLine?> LiveAsync(string app)
    {
        var row = await _tables.GetTableClient("bfdeployments").GetEntityIfExistsAsync<TableEntity>(app, "live");
        return row.HasValue
            ? new(row.Value!.GetString("Sequence"), row.Value.GetString("Deployment"), "", row.Value.GetString("Build"), row.Value.GetDateTimeOffset("SwitchedAt") ?? default)
            : null;
    }

    /// <summary>What the app can be rolled back to.</summary>
    public async Task<string[]> PreviousAsync(string app)
    {
        var row = await _tables.GetTableClient("bfdeployments").GetEntityIfExistsAsync<TableEntity>(app, "live");
        return row.HasValue ? row.Value!.GetString("Previous").Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
    }

    /// <summary>The engine's instances and how they stand, those that have not ended included.</summary>
    public async Task<List<(string Id, string Status, bool Ended)>> InstancesAsync() =>
        PublishedHost.Chosen.Kind == HostKind.Functions ? await DurableInstancesAsync() : await EmbeddedInstancesAsync();

    /// <summary>How many rows each table and blobs each container holds.</summary>
    public async Task<SortedDictionary<string, int>> CountAsync()
    {
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        await foreach (var table in _tables.QueryAsync())
        {
            counts[$"rows {table.Name}"] = (await RowsAsync(_tables.GetTableClient(table.Name), "", ["PartitionKey"])).Count;
        }

        await foreach (var container in _blobs.GetBlobContainersAsync())
        {
            counts[$"blobs {container.Name}"] = await _blobs.GetBlobContainerClient(container.Name).GetBlobsAsync().CountAsync();
        }

        return counts;
    }

    private async Task<List<(string Id, string Status, bool Ended)>> DurableInstancesAsync() =>
        [.. (await RowsAsync(_tables.GetTableClient("BuildFunctionsInstances"), "RowKey eq ''"))
            .Select(row => (row.PartitionKey, Status: row.GetString("RuntimeStatus")))
            .Select(one => (one.PartitionKey, one.Status, one.Status is "Completed" or "Failed" or "Terminated" or "Canceled"))];

    private async Task<List<(string Id, string Status, bool Ended)>> EmbeddedInstancesAsync() =>
        [.. (await RowsAsync(_tables.GetTableClient("BuildFunctionsEmb"), ""))
            .Where(row => row.RowKey.StartsWith("L|", StringComparison.Ordinal) || row.RowKey.StartsWith("T|", StringComparison.Ordinal))
            .Where(row => row.ContainsKey("Status"))
            .Select(row => (row.GetString("Id"), row.GetString("Status"), row.RowKey[0] == 'T'))];

    private static async Task<List<TableEntity>> RowsAsync(TableClient table, string filter, string[]? columns = null) =>
        await table.QueryAsync<TableEntity>(filter.Length == 0 ? null : filter, 1000, columns).ToListAsync();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
