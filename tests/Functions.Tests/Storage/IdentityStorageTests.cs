using Azure;
using Azure.Core;
using Azure.Data.Tables;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Testing;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Storage;

/// <summary>Storage that is asked with an identity: no key is in the settings, and Azurite takes the tokens over https alone.</summary>
public sealed class IdentityStorageTests : IAsyncLifetime
{
    private readonly LoopbackCertificate _certificate = new();
    private readonly IssuedTokens _identity = new();
    private Azurite _azurite = null!;

    public async Task InitializeAsync() => _azurite = await Azurite.StartAsync(certificate: _certificate);

    public async Task DisposeAsync()
    {
        await _azurite.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task Tables_and_containers_are_made_written_and_read_without_a_key()
    {
        await using var services = App(_identity);
        var storage = services.GetRequiredService<BrokerStorage>();
        await storage.EnsureCreatedAsync(default);

        await storage.Apps.UpdateEntityAsync(await StoredAsync(storage), ETag.All, TableUpdateMode.Merge);
        var rows = await storage.Apps.QueryAsync<TableEntity>(row => row.PartitionKey == "shop").ToListAsync();
        var blob = storage.Logs.GetBlobClient("shop/log");
        await blob.UploadAsync(new BinaryData("built"), overwrite: true);

        Assert.Equal(7, Assert.Single(rows).GetInt32("builds"));
        Assert.Equal("built", (await blob.DownloadContentAsync()).Value.Content.ToString());
        Assert.NotEmpty(_identity.Scopes);
        Assert.All(_identity.Scopes, scope => Assert.Equal("https://storage.azure.com/.default", scope));
    }

    [Fact]
    public async Task An_artifact_is_staged_named_and_read_back_by_the_broker_s_own_code()
    {
        await using var services = App(_identity);
        var storage = services.GetRequiredService<BrokerStorage>();
        await storage.EnsureCreatedAsync(default);
        var artifacts = new ArtifactStore(new ArtifactContainer(storage));
        var bytes = new byte[3_000_000];
        Random.Shared.NextBytes(bytes);

        var stored = await artifacts.StoreAsync(new MemoryStream(bytes), default);
        var found = await artifacts.OpenAsync(stored.Sha256, default);

        using var read = new MemoryStream();
        await found!.Content.CopyToAsync(read);
        Assert.Equal(bytes, read.ToArray());
    }

    [Fact]
    public async Task An_identity_that_storage_does_not_know_is_refused()
    {
        await using var services = App(new ForeignTokens());

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => services.GetRequiredService<BrokerStorage>().Apps.CreateIfNotExistsAsync());

        Assert.Equal(403, refused.Status);
    }

    private static async Task<TableEntity> StoredAsync(BrokerStorage storage)
    {
        var row = new TableEntity("shop", "row") { ["builds"] = 6 };
        await storage.Apps.AddEntityAsync(row);
        row["builds"] = 7;
        return row;
    }

    private ServiceProvider App(TokenCredential identity)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage:blobServiceUri"] = $"https://127.0.0.1:{_azurite.BlobPort}/devstoreaccount1",
            ["AzureWebJobsStorage:tableServiceUri"] = $"https://127.0.0.1:{_azurite.TablePort}/devstoreaccount1",
            ["AzureWebJobsStorage:credential"] = "managedidentity",
        }).Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(identity)
            .AddSingleton<AzureComponentFactory>(new TrustingComponents(_certificate))
            .AddBrokerStorage(configuration)
            .BuildServiceProvider();
    }

    private sealed class ForeignTokens : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext request, CancellationToken cancellation) => new("not-a-token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext request, CancellationToken cancellation) => new(GetToken(request, cancellation));
    }
}
