using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Settings;
using BuildFunctions.Broker.Storage;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Functions;

/// <summary>The clients of the app's storage account, by connection string or by identity: see <see cref="StorageAccount"/>.</summary>
internal static class StorageRegistration
{
    public static IServiceCollection AddBrokerStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection("Storage"))
            .Validate(options => options.Prefix is { Length: >= 2 and <= 20 } prefix && prefix.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(prefix[0]),
                "Storage:Prefix has 2 to 20 letters and digits and starts with a letter.")
            .Validate(options => options.Timeout > TimeSpan.Zero, "Storage:Timeout is more than nothing.")
            .ValidateOnStart();

        var account = StorageAccount.Read(configuration);
        services.AddAzureClientsCore();
        // The identity of the host, or the one that AzureWebJobsStorage__credential and __clientId name: chosen as Azure Functions chooses it.
        services.TryAddSingleton(provider => provider.GetRequiredService<AzureComponentFactory>().CreateTokenCredential(configuration.GetSection(StorageAccount.Setting)));
        return services
            .AddSingleton<IOptions<StorageOptions>, LiveOptions<StorageOptions>>()
            .AddSingleton<BrokerStorage>()
            .AddSingleton(provider => Tables(account, provider))
            .AddSingleton(provider => Blobs(account, provider));
    }

    private static TableServiceClient Tables(StorageAccount account, IServiceProvider provider)
    {
        var options = ClientOptions<TableClientOptions>(provider);
        return account.Tables is { } address
            ? new(address, provider.GetRequiredService<TokenCredential>(), options)
            : new(account.ConnectionString, options);
    }

    private static BlobServiceClient Blobs(StorageAccount account, IServiceProvider provider)
    {
        var options = ClientOptions<BlobClientOptions>(provider);
        return account.Blobs is { } address
            ? new(address, provider.GetRequiredService<TokenCredential>(), options)
            : new(account.ConnectionString, options);
    }

    private static T ClientOptions<T>(IServiceProvider provider)
        where T : ClientOptions
    {
        var options = (T)provider.GetRequiredService<AzureComponentFactory>().CreateClientOptions(typeof(T), null, null);
        options.Retry.NetworkTimeout = provider.GetRequiredService<IOptions<StorageOptions>>().Value.Timeout;
        return options;
    }
}
