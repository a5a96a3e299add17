using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Storage;

namespace BuildFunctions.FunctionsHost.Jobs;

/// <summary>When each timer last fired, kept where the Functions host keeps it. The extension's own class for this wants a storage library of long ago.</summary>
internal sealed class BlobScheduleMonitor(IAzureBlobStorageProvider storage, IHostIdProvider hostId) : ScheduleMonitor
{
    public override async Task<ScheduleStatus?> GetStatusAsync(string timerName)
    {
        var blob = await BlobAsync(timerName);
        return await blob.ExistsAsync() ? JsonSerializer.Deserialize<ScheduleStatus>((await blob.DownloadContentAsync()).Value.Content) : null;
    }

    public override async Task UpdateStatusAsync(string timerName, ScheduleStatus status) =>
        await (await BlobAsync(timerName)).UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true);

    private async Task<BlobClient> BlobAsync(string timer) => storage.TryCreateHostingBlobContainerClient(out var container)
        ? container.GetBlobClient($"timers/{await hostId.GetHostIdAsync(CancellationToken.None)}/{timer}/status")
        : throw new InvalidOperationException("AzureWebJobsStorage cannot be used for timers.");
}
