using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions;

/// <summary>The storage account of the Functions app: a connection string, or an account name and the host's identity.</summary>
internal static class StorageRegistration
{
    private const string Setting = "AzureWebJobsStorage";

    public static IServiceCollection AddBrokerStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection("Storage"))
            .Validate(options => options.Prefix is { Length: >= 2 and <= 20 } prefix && prefix.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(prefix[0]),
                "Storage:Prefix has 2 to 20 letters and digits and starts with a letter.")
            .Validate(options => options.Timeout > TimeSpan.Zero, "Storage:Timeout is more than nothing.")
            .ValidateOnStart();
        services.AddSingleton<BrokerStorage>();

        var timeout = configuration.GetValue("Storage:Timeout", new StorageOptions().Timeout);
        TableClientOptions tables = new() { Retry = { NetworkTimeout = timeout } };
        BlobClientOptions blobs = new() { Retry = { NetworkTimeout = timeout } };
        var connection = configuration[Setting];
        if (string.IsNullOrEmpty(connection) && configuration[$"{Setting}:accountName"] is { Length: > 0 } account)
        {
            TokenCredential credential = new DefaultAzureCredential();
            return services
                .AddSingleton(new TableServiceClient(new Uri($"https://{account}.table.core.windows.net"), credential, tables))
                .AddSingleton(new BlobServiceClient(new Uri($"https://{account}.blob.core.windows.net"), credential, blobs));
        }

        connection = string.IsNullOrEmpty(connection) ? "UseDevelopmentStorage=true" : connection;
        return services
            .AddSingleton(new TableServiceClient(connection, tables))
            .AddSingleton(new BlobServiceClient(connection, blobs));
    }
}
