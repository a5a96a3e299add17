using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using BuildFunctions.Engine.Storage.Lease;
using BuildFunctions.Engine.Storage.Transport;
using BuildFunctions.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Engine.Tests.Storage;

public sealed class AzuriteConformanceTests : StoreConformance
{
    [Fact]
    public Task A_renewal_needs_no_thread_of_the_pool() => RunAsync(async (_, transport) =>
    {
        var id = Guid.NewGuid().ToString();
        Assert.True(await transport.AcquireLeaseAsync(id, TimeSpan.FromSeconds(20), default));
        var renewal = transport.RenewLeaseAsync(id);
        Assert.True(renewal.IsCompleted);
        Assert.True(await renewal);
    });

    [Fact]
    public async Task Renewals_have_a_thread_of_their_own()
    {
        var stop = new CancellationTokenSource();
        var beats = 0;
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        LeaseThread.Start(
            () =>
            {
                if (++beats == 3)
                {
                    done.SetResult(Thread.CurrentThread.IsThreadPoolThread);
                }

                return Task.FromResult(TimeSpan.FromMilliseconds(1));
            },
            TimeSpan.Zero,
            stop.Token);
        Assert.False(await done.Task);
        await stop.CancelAsync();
    }

    [Fact]
    public async Task Azurite_that_comes_back_with_older_data_stops_the_owner()
    {
        var folder = Directory.CreateTempSubdirectory("store-older-");
        var (data, copy) = (Path.Combine(folder.FullName, "data"), Path.Combine(folder.FullName, "copy"));
        try
        {
            var azurite = await Azurite.StartAsync(data);
            var (blobs, tables) = (azurite.BlobPort, azurite.TablePort);
            var options = new HubStorageOptions { Account = StorageAccount.Of(azurite.ConnectionString), HubName = "Older" };
            await using var hub = HubStorage.Open(options, TimeProvider.System, NullLogger.Instance);
            await hub.Ownership.AcquireAsync(default);
            await hub.Store.CommitAsync(Steps.Start("a"), default);
            await azurite.DisposeAsync();
            Copy(data, copy);
            azurite = await Azurite.StartAsync(data, blobs, tables);
            var second = Steps.Turn(Steps.Start("a").Head);
            await hub.Store.CommitAsync(second, default);
            await azurite.DisposeAsync();
            Directory.Delete(data, recursive: true);
            Copy(copy, data);
            azurite = await Azurite.StartAsync(data, blobs, tables);
            await Assert.ThrowsAsync<FencedException>(() => hub.Store.CommitAsync(Steps.Turn(second.Head), default));
            await hub.Ownership.Lost;
            Assert.Contains("back in time", hub.Ownership.Loss!.Message, StringComparison.Ordinal);
            await azurite.DisposeAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private protected override async Task RunAsync(Func<HubStorage, IHubTransport, Task> test)
    {
        var azurite = await Azurite.SharedAsync();
        var options = new HubStorageOptions { Account = StorageAccount.Of(azurite.ConnectionString), HubName = $"Hub{Guid.NewGuid():N}" };
        var transport = new AzureTransport(options);
        await transport.CreateAsync(default);
        await using var hub = HubStorage.Open(new StorageContext(transport, options, TimeProvider.System, Random.Shared, NullLogger.Instance), LeaseThread.Start);
        await test(hub, transport);
    }
}
