using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using BuildFunctions.Engine.Storage;

namespace BuildFunctions.Embedded.Timers;

/// <summary>What the timers keep, where the Functions host keeps it: a status blob for each function and a blob to hold the lease on.</summary>
internal sealed class TimerStorage(IConfiguration settings, IHostEnvironment environment, IServiceProvider services)
{
    private readonly Lazy<BlobContainerClient> _container = new(() => Connect(settings, services).GetBlobContainerClient("azure-webjobs-hosts"));
    private readonly string _hostId = HostIdOf(settings["AzureFunctionsWebHost:hostid"] ?? environment.ApplicationName);

    public static bool IsConfigured(IConfiguration settings) =>
        !string.IsNullOrEmpty(settings["AzureWebJobsStorage"]) || settings.GetSection("AzureWebJobsStorage").GetChildren().Any();

    public async Task<ScheduleStatus?> ReadStatusAsync(AppFunction function, CancellationToken cancellation)
    {
        try
        {
            var blob = await StatusOf(function).DownloadContentAsync(cancellation);
            return blob.Value.Content.ToObjectFromJson<ScheduleStatus>();
        }
        catch (Exception missing) when (missing is RequestFailedException { Status: 404 } or JsonException)
        {
            // A damaged status counts as none: it may not keep the other timers from running.
            return null;
        }
    }

    public Task WriteStatusAsync(AppFunction function, ScheduleStatus status, CancellationToken cancellation) =>
        StatusOf(function).UploadAsync(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(status)), overwrite: true, cancellation);

    public async Task<BlobClient> LeaseBlobAsync(CancellationToken cancellation)
    {
        var blob = _container.Value.GetBlobClient($"locks/{_hostId}/timers");
        await _container.Value.CreateIfNotExistsAsync(cancellationToken: cancellation);
        if (!await blob.ExistsAsync(cancellation))
        {
            // Refused when another host was quicker; the service then asks again.
            await blob.UploadAsync(BinaryData.Empty, overwrite: false, cancellation);
        }

        return blob;
    }

    private BlobClient StatusOf(AppFunction function) => _container.Value.GetBlobClient($"timers/{_hostId}/{function.EntryPoint}/status");

    /// <summary>The hub's account: by its connection string, or as the identity that the app has registered.</summary>
    private static BlobServiceClient Connect(IConfiguration settings, IServiceProvider services) =>
        StorageAccount.Read(settings, services.GetService<TokenCredential>()).Blobs(
            new BlobClientOptions { Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(10) } });

    /// <summary>Hosts with the same id share their timers; the id obeys the Functions host's rules (lower case, digits, dashes, at most 32).</summary>
    private static string HostIdOf(string name)
    {
        var id = string.Concat(name.ToLowerInvariant().Select(one => char.IsAsciiLetterOrDigit(one) ? one : '-')).Trim('-');
        return id[..Math.Min(id.Length, 32)];
    }
}
