using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Secrets.Protection;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Broker.Secrets.Credentials;

/// <summary>What the broker shows to others when it works for its builds: tokens, encrypted, and settings that are no secrets.</summary>
public sealed class CredentialRows(BrokerStorage storage, SecretBox box, TimeProvider clock)
{
    private const string TokenColumn = "Token";
    private const string SettingsColumn = "Settings";
    private const string UpdatedColumn = "UpdatedAt";

    private int _changes;

    /// <summary>Counts what this process has changed.</summary>
    internal int Changes => Volatile.Read(ref _changes);

    internal async Task<Credential?> FindAsync(string kind, string name, CancellationToken cancellation)
    {
        var answer = await storage.Providers.GetEntityIfExistsAsync<TableEntity>(kind, name, cancellationToken: cancellation);
        return answer.HasValue ? Read(answer.Value!) : null;
    }

    internal async Task<IReadOnlyList<Credential>> ListAsync(string? kind, CancellationToken cancellation)
    {
        List<Credential> found = [];
        var filter = kind is null ? "" : TableClient.CreateQueryFilter($"PartitionKey eq {kind}");
        await foreach (var row in storage.Providers.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            found.Add(Read(row));
        }

        return found;
    }

    /// <summary>Every token that the broker holds, for the redactor.</summary>
    internal async Task<IReadOnlyList<string>> TokensAsync(CancellationToken cancellation) =>
        [.. (await ListAsync(null, cancellation)).Select(credential => credential.Token).OfType<string>()];

    /// <summary>What is null stays as it was.</summary>
    internal async Task<Credential> SetAsync(string kind, string name, string? token, IReadOnlyDictionary<string, string>? settings, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await storage.Providers.GetEntityIfExistsAsync<TableEntity>(kind, name, cancellationToken: cancellation);
            var row = new TableEntity(kind, name)
            {
                [TokenColumn] = token is null ? answer.HasValue ? answer.Value!.GetBinary(TokenColumn) : null : box.Close(PlaceOf(kind, name), token),
                [SettingsColumn] = settings is null ? answer.HasValue ? answer.Value!.GetString(SettingsColumn) : null : JsonSerializer.Serialize(settings),
                [UpdatedColumn] = clock.GetUtcNow(),
            };
            try
            {
                await (answer.HasValue
                    ? storage.Providers.UpdateEntityAsync(row, answer.Value!.ETag, TableUpdateMode.Replace, cancellation)
                    : storage.Providers.AddEntityAsync(row, cancellation));
                Interlocked.Increment(ref _changes);
                return Read(row);
            }
            catch (RequestFailedException moved) when (moved.Status is 404 or 409 or 412)
            {
                // Somebody else has changed it since it was read.
            }
        }
    }

    internal async Task RemoveAsync(string kind, string name, CancellationToken cancellation)
    {
        await storage.Providers.DeleteEntityAsync(kind, name, cancellationToken: cancellation);
        Interlocked.Increment(ref _changes);
    }

    private static string PlaceOf(string kind, string name) => $"{kind}/{name}";

    private Credential Read(TableEntity row) => new(
        row.RowKey,
        row.GetBinary(TokenColumn) is { } closed ? box.Open(PlaceOf(row.PartitionKey, row.RowKey), closed) : null,
        row.GetString(SettingsColumn) is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)! : [],
        row.GetDateTimeOffset(UpdatedColumn) ?? default);
}
