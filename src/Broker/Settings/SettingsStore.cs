using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Broker.Settings;

/// <summary>The broker's own settings that can be changed while it runs.</summary>
public sealed class SettingsStore(BrokerStorage storage)
{
    private const string Partition = "settings";
    private const string DefaultProviderRow = "default-provider";

    public async Task<string?> DefaultProviderAsync(CancellationToken cancellation)
    {
        var answer = await storage.Settings.GetEntityIfExistsAsync<TableEntity>(Partition, DefaultProviderRow, cancellationToken: cancellation);
        return answer.HasValue ? answer.Value!.GetString("Value") : null;
    }

    public async Task SetDefaultProviderAsync(string name, CancellationToken cancellation) =>
        await storage.Settings.UpsertEntityAsync(new TableEntity(Partition, DefaultProviderRow) { ["Value"] = name }, TableUpdateMode.Replace, cancellation);
}
