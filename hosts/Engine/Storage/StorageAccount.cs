using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Engine.Storage;

/// <summary>The account that a hub is in, reached by a connection string or, without any key, as an identity.</summary>
internal sealed record StorageAccount(Func<TableClientOptions, TableServiceClient> Tables, Func<BlobClientOptions, BlobServiceClient> Blobs)
{
    private const string Setting = "AzureWebJobsStorage";

    public static StorageAccount Of(string connectionString) =>
        new(options => new(connectionString, options), options => new(connectionString, options));

    /// <summary>As the Functions host reads AzureWebJobsStorage: the connection string, or the settings below that name for identity-based connections.</summary>
    public static StorageAccount Read(IConfiguration settings, TokenCredential? credential)
    {
        var section = settings.GetSection(Setting);
        if (section.Value is { Length: > 0 } connectionString)
        {
            return Of(connectionString);
        }

        if (Endpoint("table") is not { } tables || Endpoint("blob") is not { } blobs)
        {
            throw new InvalidOperationException(
                $"{Setting} is not set: orchestrations need a storage account (or Azurite). Give a connection string, or {Setting}__accountName, " +
                $"or {Setting}__blobServiceUri and {Setting}__tableServiceUri.");
        }

        credential ??= new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] });
        return new(options => new(tables, credential, options), options => new(blobs, credential, options));

        Uri? Endpoint(string service) => section[$"{service}ServiceUri"] is { Length: > 0 } uri ? new Uri(uri)
            : section["accountName"] is { Length: > 0 } name ? new Uri($"https://{name}.{service}.core.windows.net") : null;
    }
}
