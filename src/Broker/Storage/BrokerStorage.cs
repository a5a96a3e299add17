using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Storage;

/// <summary>The broker's tables and containers; every name is made here.</summary>
public sealed class BrokerStorage(TableServiceClient tables, BlobServiceClient blobs, IOptions<StorageOptions> options)
{
    public TableClient Builds => Table("builds");

    public TableClient Apps => Table("apps");

    public TableClient Deployments => Table("deployments");

    public TableClient Slots => Table("slots");

    public TableClient Cache => Table("cache");

    public TableClient Tokens => Table("tokens");

    public TableClient Settings => Table("settings");

    public TableClient Secrets => Table("secrets");

    public TableClient Audit => Table("audit");

    public TableClient Providers => Table("providers");

    public TableClient Webhooks => Table("webhooks");

    public TableClient Retention => Table("retention");

    public TableClient Servers => Table("servers");

    public BlobContainerClient Sources => Container("sources");

    public BlobContainerClient Artifacts => Container("artifacts");

    public BlobContainerClient Logs => Container("logs");

    public BlobContainerClient Provenance => Container("provenance");

    public BlobContainerClient Keys => Container("keys");

    public Task EnsureCreatedAsync(CancellationToken cancellation) => Task.WhenAll(
    [
        .. new[] { Builds, Apps, Deployments, Slots, Cache, Tokens, Settings, Secrets, Audit, Providers, Webhooks, Retention, Servers }.Select(table => (Task)table.CreateIfNotExistsAsync(cancellation)),
        .. new[] { Sources, Artifacts, Logs, Provenance, Keys }.Select(container => (Task)container.CreateIfNotExistsAsync(cancellationToken: cancellation)),
    ]);

    private TableClient Table(string name) => tables.GetTableClient(options.Value.Prefix + name);

    private BlobContainerClient Container(string name) => blobs.GetBlobContainerClient($"{options.Value.Prefix.ToLowerInvariant()}-{name}");
}
