using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Apps;

/// <summary>Plain environment variables that an app's builds are given, below those that a request or app.json sets. What is secret does not belong here.</summary>
public sealed class AppVariables(BrokerStorage storage)
{
    private const int Most = 100;
    private const int LargestValue = 4000;
    private const string Value = "Value";

    public async Task<IReadOnlyDictionary<string, string>> ListAsync(AppName app, CancellationToken cancellation)
    {
        SortedDictionary<string, string> variables = new(StringComparer.Ordinal);
        await foreach (var row in storage.Apps.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition(app)}"), cancellationToken: cancellation))
        {
            variables[row.RowKey] = row.GetString(Value);
        }

        return variables;
    }

    public async Task SetAsync(AppName app, string name, string value, CancellationToken cancellation)
    {
        var fault = !SecretName.IsValid(name) ? new ValidationFault("name", "A variable's name has letters, digits and underscores, begins with no digit, and has 100 characters at the most.")
            : value.Length > LargestValue || value.Contains('\0', StringComparison.Ordinal) ? new ValidationFault("value", $"A variable's value is text of {LargestValue} characters at the most.")
            : (await ListAsync(app, cancellation)) is { Count: >= Most } all && !all.ContainsKey(name) ? new ValidationFault("name", $"The app has {Most} variables already.")
            : null;
        if (fault is not null)
        {
            throw RejectedException.Invalid([fault]);
        }

        await storage.Apps.UpsertEntityAsync(new TableEntity(Partition(app), name) { [Value] = value }, TableUpdateMode.Replace, cancellation);
    }

    /// <returns>False where there is no such variable.</returns>
    public async Task<bool> RemoveAsync(AppName app, string name, CancellationToken cancellation) =>
        SecretName.IsValid(name) && (await storage.Apps.DeleteEntityAsync(Partition(app), name, ETag.All, cancellation)).Status != 404;

    /// <summary>No app's name has a bar in it.</summary>
    private static string Partition(AppName app) => $"env|{app}";
}
