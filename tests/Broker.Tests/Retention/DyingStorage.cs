using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Testing;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Retention;

/// <summary>The same storage twice: as it is, and for a process that dies at one of its calls.</summary>
internal static class DyingStorage
{
    public static async Task<(BrokerStorage Sound, BrokerStorage Dying, DyingPolicy Policy)> NewAsync()
    {
        var azurite = await Azurite.SharedAsync();
        var options = Options.Create(new StorageOptions { Prefix = $"t{Guid.NewGuid():N}"[..19] });
        var sound = new BrokerStorage(new TableServiceClient(azurite.ConnectionString), new BlobServiceClient(azurite.ConnectionString), options);
        await sound.EnsureCreatedAsync(default);
        var policy = new DyingPolicy();
        var tables = new TableClientOptions { Retry = { MaxRetries = 0 } };
        tables.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        var blobs = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        blobs.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        return (sound, new BrokerStorage(new TableServiceClient(azurite.ConnectionString, tables), new BlobServiceClient(azurite.ConnectionString, blobs), options), policy);
    }

    /// <returns>Whether it came to its call.</returns>
    public static async Task<bool> DiesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (Exception dead) when (dead is DeadException or { InnerException: DeadException } or AggregateException)
        {
            return true;
        }
    }
}
