using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Storage;

public sealed class StorageAccountTests
{
    [Fact]
    public void No_setting_is_Azurite() => Assert.Equal("UseDevelopmentStorage=true", Read().ConnectionString);

    [Fact]
    public void A_connection_string_wins_over_a_name()
    {
        var account = Read(("AzureWebJobsStorage", "UseDevelopmentStorage=true;"), ("AzureWebJobsStorage:accountName", "shop"));

        Assert.Equal("UseDevelopmentStorage=true;", account.ConnectionString);
        Assert.Null(account.Blobs);
    }

    [Fact]
    public void A_name_gives_the_addresses_and_no_connection_string()
    {
        var account = Read(("AzureWebJobsStorage:accountName", "shop"));

        Assert.Null(account.ConnectionString);
        Assert.Equal("https://shop.blob.core.windows.net/", account.Blobs!.AbsoluteUri);
        Assert.Equal("https://shop.table.core.windows.net/", account.Tables!.AbsoluteUri);
    }

    [Fact]
    public void An_address_of_a_service_wins_over_the_name()
    {
        var account = Read(("AzureWebJobsStorage:accountName", "shop"), ("AzureWebJobsStorage:blobServiceUri", "https://shop.blob.core.chinacloudapi.cn"));

        Assert.Equal("https://shop.blob.core.chinacloudapi.cn/", account.Blobs!.AbsoluteUri);
        Assert.Equal("https://shop.table.core.windows.net/", account.Tables!.AbsoluteUri);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "https://shop.blob.core.windows.net", "AzureWebJobsStorage__tableServiceUri")]
    [InlineData("AzureWebJobsStorage:credential", "managedidentity", "AzureWebJobsStorage__accountName")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "http://shop.blob.core.windows.net", "no https address")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "shop", "no https address")]
    public void What_is_missing_or_wrong_is_named(string setting, string value, string named)
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Read((setting, value)));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, typeof(DefaultAzureCredential))]
    [InlineData("managedidentity", typeof(ManagedIdentityCredential))]
    public async Task The_credential_is_the_one_that_the_setting_names(string? setting, Type expected)
    {
        await using var services = App(("AzureWebJobsStorage:accountName", "shop"), ("AzureWebJobsStorage:credential", setting),
            ("AzureWebJobsStorage:clientId", setting is null ? null : "00000000-0000-0000-0000-000000000002"));

        Assert.IsType(expected, services.GetRequiredService<TokenCredential>());
        Assert.Equal("shop", services.GetRequiredService<BlobServiceClient>().AccountName);
        Assert.Equal("shop", services.GetRequiredService<TableServiceClient>().AccountName);
    }

    [Fact]
    public async Task Nobody_asks_for_a_credential_where_there_is_a_connection_string()
    {
        var configuration = Settings(("AzureWebJobsStorage", "UseDevelopmentStorage=true"));
        await using var services = new ServiceCollection()
            .AddSingleton<TokenCredential>(_ => throw new InvalidOperationException("asked"))
            .AddBrokerStorage(configuration).BuildServiceProvider();

        Assert.Equal("devstoreaccount1", services.GetRequiredService<BlobServiceClient>().AccountName);
        Assert.Equal("devstoreaccount1", services.GetRequiredService<TableServiceClient>().AccountName);
    }

    private static StorageAccount Read(params (string Name, string? Value)[] settings) => StorageAccount.Read(Settings(settings));

    private static ServiceProvider App(params (string Name, string? Value)[] settings) =>
        new ServiceCollection().AddBrokerStorage(Settings(settings)).BuildServiceProvider();

    private static IConfigurationRoot Settings(params (string Name, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Where(setting => setting.Value is not null).ToDictionary(setting => setting.Name, setting => setting.Value)).Build();
}
