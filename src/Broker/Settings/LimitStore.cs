using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Limits;
using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Broker.Settings;

/// <summary>Keeps the limits that were changed. This host takes a change at once, others when they look the next time.</summary>
public sealed class LimitStore(BrokerStorage storage, StoredLimits stored, IConfiguration settings)
{
    private const string Partition = "limits";

    public async Task<IReadOnlyList<Limit>> ListAsync(CancellationToken cancellation)
    {
        await RefreshAsync(cancellation);
        return [.. LimitDefinition.All.Select(Describe)];
    }

    public async Task<Limit> SetAsync(LimitDefinition limit, string value, CancellationToken cancellation)
    {
        if (!limit.Takes(value, settings))
        {
            throw RejectedException.Invalid([new ValidationFault("value", $"{limit.Name} is {limit.Form}.")]);
        }

        await storage.Settings.UpsertEntityAsync(new TableEntity(Partition, limit.Name) { ["Value"] = value }, TableUpdateMode.Replace, cancellation);
        await RefreshAsync(cancellation);
        return Describe(limit);
    }

    /// <summary>What the broker was started with holds again.</summary>
    public async Task<Limit> ResetAsync(LimitDefinition limit, CancellationToken cancellation)
    {
        await storage.Settings.DeleteEntityAsync(Partition, limit.Name, ETag.All, cancellation);
        await RefreshAsync(cancellation);
        return Describe(limit);
    }

    /// <summary>A value that is stored and does not fit any more, because the broker was started with other settings, is left out.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        Dictionary<string, string?> values = [];
        await foreach (var row in storage.Settings.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            if (LimitDefinition.Find(row.RowKey) is { } limit && row.GetString("Value") is { } value && limit.Takes(value, settings))
            {
                values[limit.Key] = value;
            }
        }

        stored.Take(values);
    }

    private Limit Describe(LimitDefinition limit) => new()
    {
        Name = limit.Name,
        Value = settings[limit.Key] ?? limit.Default,
        Default = limit.Default,
        From = stored.TryGet(limit.Key, out _) ? "stored" : settings[limit.Key] is null ? "default" : "settings",
        What = limit.What,
    };
}
